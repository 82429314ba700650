import { NUMBER, WORD } from '../encode/index.js';
import type { Weighted } from '../weighted.js';
import type { Side } from './alignment.js';
import type { Comparison } from './comparison.js';

function bare(data: Weighted, side: Side): number {
  let count = 0;
  for (let i = 0; i < side.count; i++) if (data.store.wordKinds.data[side.words[i] as number] === NUMBER) count++;
  return count;
}

function withDigits(data: Weighted, side: Side): number {
  let count = 0;
  for (let i = 0; i < side.count; i++)
    if (data.store.wordKinds.data[side.words[i] as number] !== WORD && (side.credit[i] as number) === 0) count++;
  return count;
}

/** Share of words with digits that are shared, and bare numbers (versions, years, sizes without unit) that only one side has: -1 only one side has any left, 0 both have, 1 none left. */
export const numbers: Comparison = {
  name: 'numbers',
  features: ['numbers', 'digits_shared'],
  compare({ data, alignment }, out, at) {
    const a = bare(data, alignment.left);
    const b = bare(data, alignment.right);
    out[at] = a === 0 && b === 0 ? 1 : a > 0 && b > 0 ? 0 : -1;
    const shared = alignment.sharedDigits;
    const all = shared + withDigits(data, alignment.left) + withDigits(data, alignment.right);
    out[at + 1] = all === 0 ? Number.NaN : shared / all;
  },
};
