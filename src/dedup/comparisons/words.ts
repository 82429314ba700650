import type { Comparison } from './comparison.js';

/** Shared words by weight: how much of each title the other holds, softly (prefixes, slips, glued words), and exactly. */
export const words: Comparison = {
  name: 'words',
  features: ['contained_max', 'contained_min', 'words_shared'],
  compare({ alignment: { left, right, shared } }, out, at) {
    const a = left.total > 0 ? left.found / left.total : 0;
    const b = right.total > 0 ? right.found / right.total : 0;
    out[at] = Math.max(a, b);
    out[at + 1] = Math.min(a, b);
    const union = left.total + right.total - shared;
    out[at + 2] = union > 0 ? shared / union : 0;
  },
};
