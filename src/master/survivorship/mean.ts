import { agreeing, type Candidate, magnitude, type SurvivorshipRule } from './rule.js';

/** The value with another magnitude, in the form it has: a number, a numeric text, a price or a measure. */
function resized(value: unknown, size: number): unknown {
  if (typeof value === 'string') return String(size);
  if (typeof value === 'object' && value !== null && 'amount' in value) return { ...value, amount: size };
  if (typeof value === 'object' && value !== null && 'value' in value) return { ...value, value: size };
  return size;
}

export const mean: SurvivorshipRule = {
  name: 'mean',
  summary: 'The average of all numbers, prices or measures, to six digits: a value that nobody may have given.',
  pick: (candidates) => {
    const sized = candidates.filter((candidate: Candidate) => !Number.isNaN(magnitude(candidate.value)));
    if (sized.length === 0) return agreeing(candidates, candidates[0]!);
    // Summed in order of size: floating-point sums depend on the order, records come in any.
    const sizes = sized.map((candidate) => magnitude(candidate.value)).sort((a, b) => a - b);
    const average = Number((sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toPrecision(6));
    return { value: resized(sized[0]!.value, average), from: sized };
  },
};
