import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashCounts } from '../../../src/dedup/snapshot/hash-counts.js';

it('adds up equal hashes and keeps those counted twice and more, ascending', () => {
  const hash = fc.oneof(
    fc.nat(50),
    fc.constantFrom(0, 1024, 2 ** 31, 2 ** 32 - 1),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(hash, fc.integer({ min: 1, max: 5 })), { maxLength: 3000 }), (pairs) => {
      const counts = new HashCounts();
      const sums = new Map<number, number>();
      for (const [key, count] of pairs) {
        counts.add(key, count);
        sums.set(key, (sums.get(key) ?? 0) + count);
      }
      const wanted = [...sums].filter(([, count]) => count > 1).sort((a, b) => a[0] - b[0]);
      const found = counts.frequencies();
      expect([...found.hashes].map((key, i) => [key, found.counts[i]])).toEqual(wanted);
      for (const [key, count] of wanted) expect(found.get(key)).toBe(count);
    }),
    { numRuns: 50 },
  );
});
