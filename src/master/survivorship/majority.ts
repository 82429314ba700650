import { best, type SurvivorshipRule } from './rule.js';

export const majority: SurvivorshipRule = {
  name: 'majority',
  summary: 'The value most sources agree on; each source has one vote per value.',
  pick: (candidates) => {
    const voters = new Map<string, Set<string>>();
    for (const { text, source } of candidates) {
      const sources = voters.get(text) ?? new Set();
      voters.set(text, sources.add(source));
    }
    return best(candidates, (candidate) => voters.get(candidate.text)!.size);
  },
};
