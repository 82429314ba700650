import { levenshtein, longestCommonSubstring } from '../kernels/index.js';
import type { Weighted } from '../weighted.js';
import type { Comparison } from './comparison.js';

function primary(data: Weighted, row: number): string {
  const { recordCodes, codes } = data.store;
  const start = recordCodes.starts[row] as number;
  return start === recordCodes.starts[row + 1] ? '' : (codes.texts[recordCodes.data[start] as number] as string);
}

function commonPrefix(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  let i = 0;
  while (i < n && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

const digits = (code: string) => code.replace(/\D+/g, '');

/** The likeliest model number of each side against the other's, and against the other's whole title. */
export const primaryCode: Comparison = {
  name: 'primary_code',
  features: ['code_within', 'code_edit', 'code_edits', 'code_prefix', 'code_substring', 'code_digits', 'code_length'],
  compare({ data, left, right }, out, at) {
    const a = primary(data, left);
    const b = primary(data, right);
    const aKnown = a !== '';
    const bKnown = b !== '';
    if (!aKnown && !bKnown) {
      out.fill(Number.NaN, at, at + 7);
      return;
    }
    const aWithin = aKnown && (a === b || data.store.squashes.at(right).includes(a)) ? 1 : 0;
    const bWithin = bKnown && (a === b || data.store.squashes.at(left).includes(b)) ? 1 : 0;
    out[at] = aKnown && bKnown ? (aWithin + bWithin) / 2 : aWithin + bWithin;
    if (!aKnown || !bKnown) {
      out.fill(Number.NaN, at + 1, at + 7);
      return;
    }
    const long = Math.max(a.length, b.length);
    const short = Math.min(a.length, b.length);
    if (a === b) {
      out[at + 1] = 1;
      out[at + 2] = 0;
      out[at + 3] = 1;
      out[at + 4] = 1;
      out[at + 5] = 1;
      out[at + 6] = 1;
      return;
    }
    const edits = levenshtein(a, b);
    out[at + 1] = 1 - edits / long;
    out[at + 2] = Math.min(edits, 8);
    out[at + 3] = commonPrefix(a, b) / short;
    out[at + 4] = longestCommonSubstring(a, b) / short;
    out[at + 5] = digits(a) === digits(b) ? 1 : 0;
    out[at + 6] = short / long;
  },
};
