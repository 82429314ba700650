import { best, type SurvivorshipRule } from './rule.js';

export const mostRecent: SurvivorshipRule = {
  name: 'most_recent',
  summary: "The value with the latest timestamp by the sources' own clocks.",
  pick: (candidates) => best(candidates, (candidate) => candidate.timestamp),
};
