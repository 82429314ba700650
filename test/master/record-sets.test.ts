import { expect, it } from 'vitest';
import { DisjointSets } from '../../src/master/disjoint-sets.js';
import { RecordSets } from '../../src/master/record-sets.js';
import { seeded } from '../support/seeded.js';

it.each([1, 2, 3, 4])('groups as a map of ids does, seed %i', (seed) => {
  const random = seeded(seed);
  const rids = Array.from({ length: 300 }, () => BigInt(Math.floor(random() * 2 ** 50)) << 10n);
  const pick = () => rids[Math.floor(random() * rids.length)]!;
  const joins = Array.from({ length: 30 * seed * seed }, () => [pick(), pick()] as const);
  const marked = Array.from({ length: 60 }, pick);
  const expected = new DisjointSets();
  const sets = new RecordSets(BigInt64Array.from([...rids, ...rids.slice(0, 50)]));
  for (const [a, b] of joins) {
    expected.join(a, b);
    sets.join(a, b);
  }
  expect([...sets.holding(marked)]).toEqual(expected.groupsOf(marked));
});

it('leaves out who is not among its records', () => {
  const sets = new RecordSets(BigInt64Array.from([3n, 1n, 2n]));
  sets.join(1n, 9n);
  sets.join(9n, 3n);
  sets.join(2n, 3n);
  expect([...sets.holding([9n, 1n, 3n])]).toEqual([[1n], [2n, 3n]]);
});
