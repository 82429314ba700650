import type { Comparison } from './comparison.js';

/** Sizes that are labels ("xl", "42"): 1 equal, 0 different. */
export const size: Comparison = {
  name: 'size',
  features: ['size'],
  compare({ data: { store }, left, right }, out, at) {
    const a = store.sizes.data[left] as number;
    const b = store.sizes.data[right] as number;
    out[at] = a < 0 || b < 0 ? Number.NaN : a === b ? 1 : 0;
  },
};
