import type { Comparison } from './comparison.js';

/** Attributes of equal name: share that is equal, and how many differ. */
export const attributes: Comparison = {
  name: 'attributes',
  features: ['attributes_equal', 'attributes_differ'],
  compare({ data: { store }, left, right }, out, at) {
    const { starts, data } = store.attributes;
    const leftEnd = starts[left + 1] as number;
    const rightEnd = starts[right + 1] as number;
    let equal = 0;
    let differ = 0;
    for (let i = starts[left] as number; i < leftEnd; i += 2)
      for (let j = starts[right] as number; j < rightEnd; j += 2)
        if (data[i] === data[j]) {
          if (data[i + 1] === data[j + 1]) equal++;
          else differ++;
        }
    out[at] = equal + differ === 0 ? Number.NaN : equal / (equal + differ);
    out[at + 1] = equal + differ === 0 ? Number.NaN : differ;
  },
};
