import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockingFingerprint, blockingKeys, takeSnapshot } from '../../../src/dedup/index.js';
import { general, product, record, records, shuffled } from '../products.js';

describe('blockingKeys', () => {
  it('are sorted, distinct, non-negative and fit a signed 64-bit integer', () => {
    fc.assert(
      fc.property(records, (list) => {
        const snapshot = takeSnapshot(list, general);
        for (const one of list) {
          const keys = blockingKeys(one, snapshot, general);
          expect(keys).toEqual([...new Set(keys)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
          for (const key of keys) expect(key >= 0n && key < 1n << 63n).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('depend on record, snapshot and model alone', () => {
    fc.assert(
      fc.property(shuffled, ({ records: list, order }) => {
        const one = takeSnapshot(list, general);
        const two = takeSnapshot(order, general);
        for (const row of list) {
          expect(blockingKeys(row, two, general)).toEqual(blockingKeys(row, one, general));
          expect(blockingKeys({ ...row, source: 'z', id: 'other' }, one, general)).toEqual(
            blockingKeys(row, one, general),
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are shared by records with one GTIN, and by codes in different punctuation', () => {
    const snapshot = takeSnapshot([], general);
    const shared = (a: Parameters<typeof record>, b: Parameters<typeof record>) => {
      const left = new Set(blockingKeys(record(...a), snapshot, general));
      return blockingKeys(record(...b), snapshot, general).some((key) => left.has(key));
    };
    const gtins = ['04006381333931'];
    expect(shared(['1', 'eins', { gtins }], ['2', 'zwei', { gtins }])).toBe(true);
    expect(shared(['1', 'kettle KX-2000'], ['2', 'boiler', { model: 'KX2000' }])).toBe(true);
    expect(shared(['1', 'eins'], ['2', 'zwei'])).toBe(false);
  });

  it('never come from internal codes', () => {
    const snapshot = takeSnapshot([], general);
    const plain = blockingKeys(record('1', 'milk'), snapshot, general);
    expect(blockingKeys(record('1', 'milk', { internalCodes: ['2001234'] }), snapshot, general)).toEqual(plain);
  });

  it('exist for words the snapshot has never seen', () => {
    const snapshot = takeSnapshot([record('1', 'old words'), record('2', 'old words')], general);
    const fresh = blockingKeys(record('3', 'zyxwvut'), snapshot, general);
    const again = new Set(blockingKeys(record('4', 'zyxwvut lamp'), snapshot, general));
    expect(fresh.some((key) => again.has(key))).toBe(true);
  });
});

describe('blockingFingerprint', () => {
  it('ignores the price and follows everything that keys read', () => {
    const base = product('lamp', { brand: 'Lumo', price: { amount: 1 } });
    expect(blockingFingerprint({ ...base, price: { amount: 2 } })).toBe(blockingFingerprint(base));
    for (const change of [
      { title: 'lamp 2' },
      { brand: 'Vexa' },
      { model: 'X1' },
      { mpn: 'X1' },
      { gtins: ['04006381333931'] },
      { description: 'KX-2000' },
    ])
      expect(blockingFingerprint({ ...base, ...change })).not.toBe(blockingFingerprint(base));
  });
});
