import type { Comparison } from './comparison.js';

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Words that name editions, platforms and size classes: how many only one side has, on the fuller and on the poorer side. */
export const variantWords: Comparison = {
  name: 'variant_words',
  features: ['variant_words_max', 'variant_words_min', 'variant_words_shared'],
  compare({ data: { store }, left, right }, out, at) {
    const a = store.variants.data[left] as number;
    const b = store.variants.data[right] as number;
    const onlyA = bitCount(a & ~b);
    const onlyB = bitCount(b & ~a);
    out[at] = Math.max(onlyA, onlyB);
    out[at + 1] = Math.min(onlyA, onlyB);
    out[at + 2] = bitCount(a & b);
  },
};
