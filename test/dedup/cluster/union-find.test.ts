import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, UnionFind } from '../../../src/dedup/cluster/index.js';

/** Breadth-first search, numbering components by their smallest node. */
function bySearch(n: number, edges: { a: number; b: number }[]): number[] {
  const label = new Array<number>(n).fill(-1);
  let next = 0;
  for (let start = 0; start < n; start++) {
    if (label[start] !== -1) continue;
    const queue = [start];
    label[start] = next;
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const { a, b } of edges) {
        const other = a === at ? b : b === at ? a : -1;
        if (other === -1 || label[other] !== -1) continue;
        label[other] = next;
        queue.push(other);
      }
    }
    next++;
  }
  return label;
}

describe('components', () => {
  it('equals breadth-first search', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }).chain((n) => {
          const end = fc.nat(n - 1);
          return fc.tuple(fc.constant(n), fc.array(fc.record({ a: end, b: end }), { maxLength: 60 }));
        }),
        ([n, edges]) => {
          expect([...components(n, edges)]).toEqual(bySearch(n, edges));
          expect([...components(n, [...edges].reverse())]).toEqual(bySearch(n, edges));
        },
      ),
    );
  });

  it('names a set by its smallest member', () => {
    const sets = new UnionFind(5);
    expect(sets.union(4, 3)).toBe(true);
    expect(sets.union(3, 1)).toBe(true);
    expect(sets.union(1, 4)).toBe(false);
    expect(sets.find(4)).toBe(1);
    expect([...sets.labels()]).toEqual([0, 1, 2, 1, 1]);
  });
});
