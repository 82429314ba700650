import { best, type SurvivorshipRule } from './rule.js';

export const longest: SurvivorshipRule = {
  name: 'longest',
  summary: 'The longest text, or the list with the most items.',
  pick: (candidates) =>
    best(candidates, ({ value, text }) =>
      typeof value === 'string' || Array.isArray(value) ? value.length : text.length,
    ),
};
