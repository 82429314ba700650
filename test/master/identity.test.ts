import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mintId, planIdentities } from '../../src/master/index.js';

const cluster = (...members: [string, string | null][]) => ({
  members: members.map(([key, goldenId]) => ({ key, goldenId })),
});

describe('planIdentities', () => {
  it('keeps the id a cluster shares most records with', () => {
    const plan = planIdentities(
      [cluster(['a', 'x'], ['b', 'y'], ['c', 'y'])],
      [
        { goldenId: 'x', born: 1 },
        { goldenId: 'y', born: 2 },
      ],
    );
    expect(plan.kept).toEqual(['y']);
    expect(plan.released).toEqual([{ goldenId: 'x', cluster: 0 }]);
  });

  it('prefers the older id, then the smaller one, among equals', () => {
    const members = cluster(['a', 'x'], ['b', 'y']);
    const plan = (bornX: number, bornY: number) =>
      planIdentities(
        [members],
        [
          { goldenId: 'x', born: bornX },
          { goldenId: 'y', born: bornY },
        ],
      ).kept[0];
    expect(plan(2, 1)).toBe('y');
    expect(plan(1, 2)).toBe('x');
    expect(plan(1, 1)).toBe('x');
  });

  it('leaves the id with the larger part of a split', () => {
    const plan = planIdentities([cluster(['a', 'x']), cluster(['b', 'x'], ['c', 'x'])], [{ goldenId: 'x', born: 1 }]);
    expect(plan.kept).toEqual([undefined, 'x']);
    expect(plan.released).toEqual([]);
  });

  it('retires an id without records', () => {
    expect(planIdentities([], [{ goldenId: 'x', born: 1 }]).released).toEqual([{ goldenId: 'x', cluster: null }]);
  });

  it('never gives one id to two clusters, loses none, and does not depend on the order of clusters', () => {
    const member = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom('p', 'q', 'r', 's', null));
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { selector: ([n]) => n, minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 6 }),
        (members, parts) => {
          const clusters = Array.from({ length: parts }, () => [] as [string, string | null][]);
          for (const [n, id] of members) clusters[n % parts]!.push([String(n).padStart(3, '0'), id]);
          const filled = clusters
            .filter((c) => c.length > 0)
            .map((c) => cluster(...c.sort(([a], [b]) => (a < b ? -1 : 1))));
          const olds = ['p', 'q', 'r', 's'].map((goldenId, born) => ({ goldenId, born: born % 2 }));
          const plan = planIdentities(filled, olds);
          const kept = plan.kept.filter((id) => id !== undefined);
          expect(new Set(kept).size).toBe(kept.length);
          expect([...kept, ...plan.released.map((r) => r.goldenId)].sort()).toEqual(['p', 'q', 'r', 's']);
          const backwards = planIdentities([...filled].reverse(), olds);
          expect([...backwards.kept].reverse()).toEqual(plan.kept);
        },
      ),
    );
  });
});

describe('mintId', () => {
  it('is the same for the same key and another for another key or attempt', () => {
    expect(mintId('shop\u001f1')).toBe(mintId('shop\u001f1'));
    expect(mintId('shop\u001f1')).toMatch(/^g[0-9a-z]{13}$/);
    const ids = new Set([mintId('shop\u001f1'), mintId('shop\u001f2'), mintId('shop\u001f1', 1)]);
    expect(ids.size).toBe(3);
  });
});
