import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot, takeSnapshot } from '../../../src/dedup/index.js';
import { weightOf } from '../../../src/dedup/snapshot/index.js';
import { general, shuffled } from '../products.js';

it('the same records in any order give the same bytes, and bytes round trip', () => {
  fc.assert(
    fc.property(shuffled, ({ records, order }) => {
      const bytes = encodeSnapshot(takeSnapshot(records, general));
      expect(encodeSnapshot(takeSnapshot(order, general))).toEqual(bytes);
      expect(encodeSnapshot(decodeSnapshot(bytes))).toEqual(bytes);
    }),
    { numRuns: 30 },
  );
});

it('bytes that are no snapshot are refused', () => {
  const bytes = encodeSnapshot(takeSnapshot([], general));
  expect(() => decodeSnapshot(new Uint8Array([1, 2, 3]))).toThrow(/snapshot/);
  expect(() => decodeSnapshot(bytes.slice(0, bytes.length - 1))).toThrow(/snapshot/);
});

it('weights fall from 1 for the rare towards 0 for the common, in steps that add exactly', () => {
  expect(weightOf(1, 1000)).toBe(1);
  expect(weightOf(1000, 1000)).toBeLessThan(0.01);
  expect(weightOf(10, 1000)).toBeGreaterThan(weightOf(11, 1000));
  expect((weightOf(7, 1000) * 1024) % 1).toBe(0);
  expect(weightOf(1, 0)).toBe(1);
});
