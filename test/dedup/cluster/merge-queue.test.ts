import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergeQueue } from '../../../src/dedup/cluster/merge-queue.js';

describe('MergeQueue', () => {
  it('gives entries by score, then by groups, however they came', () => {
    const entry = fc.record({
      score: fc.constantFrom(0.5, 1, 2, 3.25),
      low: fc.nat(5),
      high: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 300 }), (entries) => {
        const queue = new MergeQueue();
        for (const { score, low, high } of entries) queue.push(score, low, high);
        const out = Array.from({ length: queue.size }, () => queue.pop());
        const sorted = [...entries].sort((x, y) => y.score - x.score || x.low - y.low || x.high - y.high);
        expect(out).toEqual(sorted);
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });
});
