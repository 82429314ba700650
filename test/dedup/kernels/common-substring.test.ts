import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestCommonSubstring, longestCommonSubstringCodes } from '../../../src/dedup/kernels/index.js';
import { padded, pairs } from './texts.js';

/** Tries every substring of the shorter text, longest first. */
function byTrial(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  for (let size = short.length; size > 0; size--)
    for (let at = 0; at + size <= short.length; at++) if (long.includes(short.slice(at, at + size))) return size;
  return 0;
}

describe('longestCommonSubstring', () => {
  it('finds the longest shared run', () => {
    expect(longestCommonSubstring('WH1000XM4B', 'sony WH1000XM4 black')).toBe(9);
    expect(longestCommonSubstring('abc', 'abc')).toBe(3);
    expect(longestCommonSubstring('', 'abc')).toBe(0);
    expect(longestCommonSubstring('abc', 'xyz')).toBe(0);
  });

  it('equals trying every substring, also beyond one word', () => {
    fc.assert(
      fc.property(pairs, fc.nat(3), ([a, b], pad) => {
        const expected = byTrial(a, b);
        expect(longestCommonSubstring(a, b)).toBe(expected);
        const x = padded(a, pad, 1);
        const y = padded(b, 0, pad);
        expect(longestCommonSubstringCodes(x.codes, x.start, x.end, y.codes, y.start, y.end)).toBe(expected);
      }),
    );
  });
});
