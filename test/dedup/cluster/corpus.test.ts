import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterComponent, clusterCorpus } from '../../../src/dedup/cluster/index.js';
import { graphs, partition } from './graphs.js';

const rules = { uniqueSources: new Set(['u']), matchThreshold: 0.6, reviewThreshold: 0.2 };

describe('clusterCorpus', () => {
  it('gives the clusters of its components, whatever else is in the corpus', () => {
    fc.assert(
      fc.property(graphs, fc.nat(4), ({ nodes, edges }, strangers) => {
        const pairs = [
          ...new Map(edges.map((edge) => [`${Math.min(edge.a, edge.b)} ${Math.max(edge.a, edge.b)}`, edge])).values(),
        ];
        const columns = {
          count: pairs.length,
          left: Int32Array.from(pairs, ({ a }) => a),
          right: Int32Array.from(pairs, ({ b }) => b),
          probability: Float32Array.from(pairs, ({ probability }) => probability),
        };
        const asked = new Set<number>();
        const nodeOf = (record: number) => {
          asked.add(record);
          return nodes[record]!;
        };
        const all = clusterCorpus(nodes.length + strangers, columns, nodeOf, rules);
        const kept = pairs
          .map((edge, i) => ({ ...edge, probability: columns.probability[i]! }))
          .filter(({ probability }) => probability >= 0.2)
          .map((edge) => ({ ...edge, kind: edge.probability >= 0.6 ? ('match' as const) : ('review' as const) }));
        const whole = clusterComponent(nodes, kept, rules);
        expect(partition(nodes, all.cluster).sort()).toEqual(partition(nodes, whole.cluster).sort());
        expect(all.edges.match + all.edges.review).toBe(kept.length);
        expect(Object.values(all.refused).reduce((n, count) => n + count, 0)).toBe(whole.refused.length);
        expect(new Set(all.cluster.subarray(nodes.length)).size).toBe(strangers);
        for (const record of asked) expect(record).toBeLessThan(nodes.length);
      }),
      { numRuns: 300 },
    );
  });
});
