import type { Comparison } from './comparison.js';

/** Share of category words that both name, over the shorter path. */
export const category: Comparison = {
  name: 'category',
  features: ['category'],
  compare({ data: { store }, left, right }, out, at) {
    const { starts, data } = store.category;
    const a = starts[left] as number;
    const aEnd = starts[left + 1] as number;
    const b = starts[right] as number;
    const bEnd = starts[right + 1] as number;
    if (a === aEnd || b === bEnd) {
      out[at] = Number.NaN;
      return;
    }
    let shared = 0;
    for (let i = a; i < aEnd; i++)
      for (let j = b; j < bEnd; j++)
        if (data[i] === data[j]) {
          shared++;
          break;
        }
    out[at] = Math.min(1, shared / Math.min(aEnd - a, bEnd - b));
  },
};
