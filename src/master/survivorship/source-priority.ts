import { agreeing, type SurvivorshipRule } from './rule.js';

export const sourcePriority: SurvivorshipRule = {
  name: 'source_priority',
  summary: 'The value of the source with the greatest priority.',
  pick: (candidates) => agreeing(candidates, candidates[0]!),
};
