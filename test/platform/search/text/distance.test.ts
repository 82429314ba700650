import fc from 'fast-check';
import levenshtein from 'fast-levenshtein';
import { expect, it } from 'vitest';
import { editDistance } from '../../../../src/platform/search/text/distance.js';

it.each([
  ['canon', 'cnaon', 1],
  ['canon', 'canon', 0],
  ['canon', 'kanon', 1],
  ['canon', 'cann', 1],
  ['', 'ab', 2],
  ['headphones', 'hedphnoes', 2],
])('%s and %s are %i apart', (a, b, n) => expect(editDistance(a, b, 5)).toBe(n));

it('is Levenshtein’s distance or less, by one for every swap, and stops at the bound', () => {
  const word = fc.stringMatching(/^[abc]{0,8}$/);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 8 }), (a, b, most) => {
      const exact = editDistance(a, b, 20);
      expect(exact).toBe(editDistance(b, a, 20));
      expect(exact).toBeLessThanOrEqual(levenshtein.get(a, b));
      expect(exact * 2).toBeGreaterThanOrEqual(levenshtein.get(a, b));
      expect(editDistance(a, b, most)).toBe(Math.min(exact, most + 1));
    }),
  );
});
