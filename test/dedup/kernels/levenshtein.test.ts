import fc from 'fast-check';
import fastLevenshtein from 'fast-levenshtein';
import { describe, expect, it } from 'vitest';
import {
  levenshtein,
  levenshteinCodes,
  levenshteinCodesWithin,
  levenshteinSimilarity,
  levenshteinSimilarityCodes,
  levenshteinWithin,
} from '../../../src/dedup/kernels/index.js';
import { padded, pairs } from './texts.js';

describe('levenshtein', () => {
  it('knows the cases of the books', () => {
    expect(levenshtein('kitten', 'sitting')).toBe(3);
    expect(levenshtein('', '')).toBe(0);
    expect(levenshtein('', 'abc')).toBe(3);
    expect(levenshtein('abc', 'abc')).toBe(0);
  });

  it('equals fast-levenshtein on any pair', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(levenshtein(a, b)).toBe(fastLevenshtein.get(a, b));
      }),
      { numRuns: 1500 },
    );
  });

  it('equals fast-levenshtein at every word boundary of the pattern', () => {
    for (const n of [1, 31, 32, 33, 63, 64, 65, 95, 96, 97, 128, 129, 400]) {
      const a = Array.from({ length: n }, (_, i) => 'abcdefg'[(i * i + 3 * i) % 7]).join('');
      const b = Array.from({ length: n + 5 }, (_, i) => 'abcdefgh'[(i * i + i + 1) % 8]).join('');
      expect(levenshtein(a, b), `length ${n}`).toBe(fastLevenshtein.get(a, b));
      expect(levenshtein(b, a), `length ${n}, turned`).toBe(fastLevenshtein.get(a, b));
    }
  });

  it('handles strings longer than its buffers', () => {
    const a = 'ab'.repeat(3000);
    const b = `x${'ba'.repeat(2990)}`;
    expect(levenshtein(a, b)).toBe(fastLevenshtein.get(a, b));
  });

  it('stays within its slices', () => {
    fc.assert(
      fc.property(pairs, fc.nat(5), fc.nat(5), ([a, b], before, after) => {
        const x = padded(a, before, after);
        const y = padded(b, after, before);
        expect(levenshteinCodes(x.codes, x.start, x.end, y.codes, y.start, y.end)).toBe(fastLevenshtein.get(a, b));
      }),
    );
  });

  it('answers max + 1 exactly when the distance exceeds max', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 60 }), ([a, b], max) => {
        const exact = fastLevenshtein.get(a, b);
        const x = padded(a, 2, 0);
        const y = padded(b, 0, 1);
        expect(levenshteinWithin(a, b, max)).toBe(Math.min(exact, max + 1));
        expect(levenshteinCodesWithin(x.codes, x.start, x.end, y.codes, y.start, y.end, max)).toBe(
          Math.min(exact, max + 1),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('is normalised by the longer string', () => {
    expect(levenshteinSimilarity('', '')).toBe(1);
    expect(levenshteinSimilarity('abcd', 'abcx')).toBe(0.75);
    const x = padded('abcd', 1, 1);
    const y = padded('ab', 3, 0);
    expect(levenshteinSimilarityCodes(x.codes, x.start, x.end, y.codes, y.start, y.end)).toBe(0.5);
    expect(levenshteinSimilarityCodes(x.codes, 0, 0, y.codes, 1, 1)).toBe(1);
  });
});
