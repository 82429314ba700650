import { best, type SurvivorshipRule } from './rule.js';

export const mostComplete: SurvivorshipRule = {
  name: 'most_complete',
  summary: 'The value of the record that fills the most attributes.',
  pick: (candidates) => best(candidates, (candidate) => candidate.completeness),
};
