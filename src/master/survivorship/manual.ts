import { agreeing, type SurvivorshipRule } from './rule.js';

export const manual: SurvivorshipRule = {
  name: 'manual',
  summary: "A steward's value; until there is one, the source with the greatest priority.",
  pick: (candidates) => agreeing(candidates, candidates[0]!),
};
