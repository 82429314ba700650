import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FingerprintTable, stampOf } from '../../../src/ingest/fingerprints/index.js';

const small = fc.integer({ min: 0, max: 40 });
const step = fc.record({ what: fc.constantFrom('list', 'remove', 'restore'), key: small, content: small });

it('behaves like a map, whatever is entered and removed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new FingerprintTable();
      const model = new Map<number, { content: number; stamp: number }>();
      for (const { what, key, content } of steps) {
        // Keys that share a shard and probe into each other, 0,0 among them.
        const [high, low] = [(key % 3) * 64, key * 7];
        if (what === 'remove') {
          table.remove(high, low);
          model.delete(key);
          continue;
        }
        const stamp = what === 'list' ? stampOf(content * 1000) : 0;
        if (what === 'list') table.list(high, low, content, content, stamp);
        else table.restore(high, low, content, content);
        model.set(key, { content, stamp });
      }
      expect(table.size).toBe(model.size);
      expect(table.unlisted).toBe([...model.values()].filter(({ stamp }) => stamp === 0).length);
      expect([...table.unlistedKeys()]).toHaveLength(table.unlisted);
      for (let key = 0; key <= 40; key++) {
        const known = model.get(key);
        const [high, low] = [(key % 3) * 64, key * 7];
        const same = table.standing(high, low, known?.content ?? 1, known?.content ?? 1, 1);
        expect(same).toBe(known === undefined ? 'new' : known.stamp === 0 ? 'unchanged' : 'repeated');
        expect(table.stampOf(high, low)).toBe(known?.stamp ?? 0);
      }
      let entries = 0;
      for (const block of table.blocks()) entries += block.length / 4;
      expect(entries).toBe(model.size);
    }),
    { numRuns: 200, seed: 3 },
  );
});

it('holds many entries', () => {
  const table = new FingerprintTable();
  const n = 200_000;
  const high = (i: number): number => Math.imul(i, 0x9e3779b1) >>> 1;
  for (let i = 0; i < n; i++) table.restore(high(i), Math.imul(i, 0x85ebca6b) >>> 0, i, i);
  expect(table.size).toBe(n);
  let found = 0;
  for (let i = 0; i < n; i++)
    if (table.standing(high(i), Math.imul(i, 0x85ebca6b) >>> 0, i, i, 1) === 'unchanged') found++;
  expect(found).toBe(n);
});
