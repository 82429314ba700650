import type { Comparison } from './comparison.js';

/** Cheaper price over dearer price; missing when one is unknown. Currencies are not converted. */
export const price: Comparison = {
  name: 'price',
  features: ['price_ratio'],
  compare({ data, left, right }, out, at) {
    const a = data.store.prices.data[left] as number;
    const b = data.store.prices.data[right] as number;
    out[at] = a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : Number.NaN;
  },
};
