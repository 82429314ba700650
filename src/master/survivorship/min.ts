import { extreme, type SurvivorshipRule } from './rule.js';

export const min: SurvivorshipRule = {
  name: 'min',
  summary: 'The smallest number, price or measure.',
  pick: (candidates) => extreme(candidates, -1),
};
