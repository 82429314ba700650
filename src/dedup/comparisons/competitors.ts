import type { Comparison } from './comparison.js';

/**
 * Where the pair stands among the other candidates, only where sources list a product once. A share of the best similarity for the
 * other sources was tried: it took a whole log-odds from true pairs where a product has a hundred listings.
 */
export const competitors: Comparison = {
  name: 'competitors',
  features: ['gap_min', 'gap_max', 'better'],
  compare({ context }, out, at) {
    const { leftGap, rightGap } = context;
    out[at] = Number.isNaN(leftGap) ? rightGap : Number.isNaN(rightGap) ? leftGap : Math.min(leftGap, rightGap);
    out[at + 1] = Number.isNaN(leftGap) ? rightGap : Number.isNaN(rightGap) ? leftGap : Math.max(leftGap, rightGap);
    out[at + 2] = context.better;
  },
};
