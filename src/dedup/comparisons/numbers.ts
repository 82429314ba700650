import { NUMBER } from '../encode/index.js';
import type { Weighted } from '../weighted.js';
import type { Side } from './alignment.js';
import type { Comparison } from './comparison.js';

function bare(data: Weighted, side: Side): number {
  let count = 0;
  for (let i = 0; i < side.count; i++) if (data.store.wordKinds.data[side.words[i] as number] === NUMBER) count++;
  return count;
}

/** Bare numbers (versions, years, sizes without unit) that only one side has: -1 only one side has any left, 0 both have, 1 none left. */
export const numbers: Comparison = {
  name: 'numbers',
  features: ['numbers'],
  compare({ data, alignment }, out, at) {
    const a = bare(data, alignment.left);
    const b = bare(data, alignment.right);
    out[at] = a === 0 && b === 0 ? 1 : a > 0 && b > 0 ? 0 : -1;
  },
};
