import { jaroWinkler } from '../kernels/index.js';
import type { Comparison } from './comparison.js';

/** Brands of the fields; a brand that the other title names counts nearly as much as the same brand. */
export const brand: Comparison = {
  name: 'brand',
  features: ['brand'],
  compare({ data: { store }, left, right }, out, at) {
    const a = store.brands.data[left] as number;
    const b = store.brands.data[right] as number;
    if (a < 0 && b < 0) out[at] = Number.NaN;
    else if (a === b) out[at] = 1;
    else {
      const textA = a < 0 ? '' : (store.values.texts[a] as string);
      const textB = b < 0 ? '' : (store.values.texts[b] as string);
      const named =
        (a >= 0 && store.squashes.at(right).includes(textA)) || (b >= 0 && store.squashes.at(left).includes(textB));
      if (named) out[at] = 0.95;
      else if (a < 0 || b < 0) out[at] = Number.NaN;
      else if (textA.startsWith(textB) || textB.startsWith(textA)) out[at] = 0.9;
      else out[at] = 0.8 * jaroWinkler(textA, textB);
    }
  },
};
