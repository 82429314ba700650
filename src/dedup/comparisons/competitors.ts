import type { Comparison } from './comparison.js';

/** Where the pair stands among the other candidates. Gaps and ranks only where sources list a product once. */
export const competitors: Comparison = {
  name: 'competitors',
  features: ['gap_min', 'gap_max', 'better', 'best_share'],
  compare({ context }, out, at) {
    const { leftGap, rightGap, similarity, leftBest, rightBest } = context;
    out[at] = Number.isNaN(leftGap) ? rightGap : Number.isNaN(rightGap) ? leftGap : Math.min(leftGap, rightGap);
    out[at + 1] = Number.isNaN(leftGap) ? rightGap : Number.isNaN(rightGap) ? leftGap : Math.max(leftGap, rightGap);
    out[at + 2] = context.better;
    const best = Math.max(leftBest, rightBest);
    out[at + 3] = best > 0 ? similarity / best : Number.NaN;
  },
};
