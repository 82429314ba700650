import fc from 'fast-check';
import type { ClusterEdge, ClusterNode } from '../../../src/dedup/cluster/index.js';

export function node(key: string, more: Partial<ClusterNode> = {}): ClusterNode {
  return { key, source: key[0] ?? 's', gtins: [], codes: [], variants: {}, ...more };
}

export function edge(a: number, b: number, probability: number, kind: ClusterEdge['kind'] = 'match'): ClusterEdge {
  return { a, b, probability, kind };
}

/** Up to fourteen records of three sources with few GTINs, codes and colours, and edges of every kind between them. */
export const graphs = fc
  .array(
    fc.record({
      source: fc.constantFrom('a', 'b', 'u'),
      gtins: fc.subarray(['1', '2'], { maxLength: 1 }),
      codes: fc.subarray(['AB12', 'XAB12', 'Q9'], { maxLength: 1 }),
      variants: fc.constantFrom<Record<string, string>>({}, {}, { colour: 'red' }, { colour: 'blue' }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .chain((drafts) => {
    const nodes = drafts.map((draft, i) => node(`${draft.source}\u001f${i}`, draft));
    const end = fc.nat(drafts.length - 1);
    const edges = fc.array(
      fc.record({
        a: end,
        b: end,
        probability: fc.constantFrom(0.05, 0.3, 0.55, 0.8, 0.8, 0.97, 0.999),
        kind: fc.constantFrom<ClusterEdge['kind']>('match', 'match', 'match', 'review', 'must_link', 'cannot_link'),
      }),
      { maxLength: 40 },
    );
    return fc.record({ nodes: fc.constant(nodes), edges: edges.map((list) => list.filter(({ a, b }) => a !== b)) });
  });

/** Clusters as sorted lists of keys. */
export function partition(nodes: readonly ClusterNode[], cluster: Int32Array): string[][] {
  const groups = new Map<number, string[]>();
  nodes.forEach(({ key }, i) => {
    groups.set(cluster[i]!, [...(groups.get(cluster[i]!) ?? []), key]);
  });
  return [...groups.entries()].sort(([x], [y]) => x - y).map(([, keys]) => keys.sort());
}
