import type { Comparison } from './comparison.js';

/** Cosine over weighted character 3-grams, codes and beginnings of codes. */
export const gramCosine: Comparison = {
  name: 'gram_cosine',
  features: ['gram_cosine'],
  compare(pair, out, at) {
    out[at] = pair.context.similarity;
  },
};
