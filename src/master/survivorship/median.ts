import { agreeing, magnitude, type SurvivorshipRule } from './rule.js';

export const median: SurvivorshipRule = {
  name: 'median',
  summary:
    'The middle number, price or measure; of an even count the lower middle, so that it is a value someone gave.',
  pick: (candidates) => {
    const sized = candidates.filter((candidate) => !Number.isNaN(magnitude(candidate.value)));
    if (sized.length === 0) return agreeing(candidates, candidates[0]!);
    // Stable sort: equal magnitudes keep the tie order.
    sized.sort((a, b) => magnitude(a.value) - magnitude(b.value));
    return agreeing(candidates, sized[Math.floor((sized.length - 1) / 2)]!);
  },
};
