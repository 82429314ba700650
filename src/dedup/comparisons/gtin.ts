import type { Comparison } from './comparison.js';

/** Valid GTINs: 1 one is shared, 0 both have some and none is shared. */
export const gtin: Comparison = {
  name: 'gtin',
  features: ['gtin'],
  compare({ data: { store }, left, right }, out, at) {
    const { starts, data } = store.gtins;
    const a = starts[left] as number;
    const aEnd = starts[left + 1] as number;
    const b = starts[right] as number;
    const bEnd = starts[right + 1] as number;
    if (a === aEnd || b === bEnd) {
      out[at] = Number.NaN;
      return;
    }
    out[at] = 0;
    for (let i = a; i < aEnd; i++) for (let j = b; j < bEnd; j++) if (data[i] === data[j]) out[at] = 1;
  },
};
