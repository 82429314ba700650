import { extreme, type SurvivorshipRule } from './rule.js';

export const max: SurvivorshipRule = {
  name: 'max',
  summary: 'The greatest number, price or measure.',
  pick: (candidates) => extreme(candidates, 1),
};
