import type { Candidate, SurvivorshipRule } from './rule.js';

const items = (candidate: Candidate): unknown[] =>
  Array.isArray(candidate.value) ? candidate.value : [candidate.value];

export const union: SurvivorshipRule = {
  name: 'union',
  summary: 'All items of all records, each once, in tie order.',
  pick: (candidates) => {
    const seen = new Map<string, unknown>();
    for (const candidate of candidates) for (const item of items(candidate)) seen.set(JSON.stringify(item), item);
    return { value: [...seen.values()], from: candidates };
  },
};
