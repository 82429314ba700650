import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClusterEdge, type ClusterNode, clusterComponent, components } from '../../../src/dedup/cluster/index.js';
import { edge, graphs, node, partition } from './graphs.js';

const rules = { uniqueSources: new Set<string>(), matchThreshold: 0.5 };
const uniqueRules = { ...rules, uniqueSources: new Set(['u']) };

function clustersOf(nodes: ClusterNode[], edges: ClusterEdge[], more = {}) {
  const { cluster, refused } = clusterComponent(nodes, edges, { ...rules, ...more });
  return { clusters: partition(nodes, cluster), reasons: refused.map(({ edge: at, reason }) => `${at} ${reason}`) };
}

describe('clusterComponent', () => {
  it('joins what matches and leaves the rest alone', () => {
    const nodes = ['a1', 'b1', 'c1', 'a2'].map((key) => node(key));
    const { clusters, reasons } = clustersOf(nodes, [edge(0, 1, 0.99), edge(1, 2, 0.95), edge(0, 2, 0.9)]);
    expect(clusters).toEqual([['a1', 'b1', 'c1'], ['a2']]);
    expect(reasons).toEqual([]);
  });

  it('does not follow a chain of pairs whose ends speak against it', () => {
    const nodes = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((key) => node(key));
    const chain = [0, 1, 2, 3, 4].map((i) => edge(i, i + 1, 0.75 - i * 0.01));
    const { clusters, reasons } = clustersOf(nodes, chain);
    expect(clusters.every((keys) => keys.length <= 2)).toBe(true);
    expect(reasons).toContain('1 weak_bridge');
  });

  it('refuses a weak bridge between two dense groups and says so', () => {
    const nodes = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((key) => node(key));
    const inside = [
      [0, 1],
      [0, 2],
      [1, 2],
      [3, 4],
      [3, 5],
      [4, 5],
    ].map(([a, b]) => edge(a!, b!, 0.99));
    const { clusters, reasons } = clustersOf(nodes, [...inside, edge(2, 3, 0.98)], { unscored: 0 });
    expect(clusters).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2', 'b3'],
    ]);
    expect(reasons).toEqual(['6 weak_bridge']);
    const supported = [...inside, edge(2, 3, 0.98), edge(1, 4, 0.98)];
    expect(clustersOf(nodes, supported, { unscored: 0 }).clusters).toHaveLength(1);
  });

  it('does not count pairs against a large product that its candidate lists cannot hold', () => {
    const nodes = Array.from({ length: 24 }, (_, i) => node(`a${String(i).padStart(2, '0')}`));
    const ring: ClusterEdge[] = [];
    for (let i = 0; i < 24; i++) for (let step = 1; step <= 3; step++) ring.push(edge(i, (i + step) % 24, 0.95));
    const count = (listed: number) => clustersOf(nodes, ring, { listed, denseSupport: 0.1 }).clusters.length;
    expect(count(3)).toBe(1);
    expect(count(1000)).toBeGreaterThan(2);
  });

  it('counts a pair that was scored low against a merge', () => {
    const nodes = ['a1', 'b1', 'c1'].map((key) => node(key));
    const open = [edge(0, 1, 0.95), edge(1, 2, 0.9)];
    expect(clustersOf(nodes, open).clusters).toHaveLength(1);
    expect(clustersOf(nodes, [...open, edge(0, 2, 0.05, 'review')]).clusters).toEqual([['a1', 'b1'], ['c1']]);
  });

  it('keeps two records of a source that lists each product once apart', () => {
    const nodes = [node('u1', { source: 'u' }), node('a1'), node('u2', { source: 'u' })];
    const edges = [edge(0, 1, 0.9), edge(1, 2, 0.95), edge(0, 2, 0.9)];
    const { clusters, reasons } = clustersOf(nodes, edges, uniqueRules);
    expect(clusters).toEqual([['a1', 'u2'], ['u1']]);
    expect(reasons).toEqual(['0 unique_source', '2 unique_source']);
  });

  it('keeps apart what has different GTINs, numbers or variants', () => {
    const pair = (left: Partial<ClusterNode>, right: Partial<ClusterNode>) =>
      clustersOf([node('a', left), node('b', right)], [edge(0, 1, 0.99)]).reasons;
    expect(pair({ gtins: ['1'] }, { gtins: ['2'] })).toEqual(['0 gtin_conflict']);
    expect(pair({ gtins: ['1', '2'] }, { gtins: ['2'] })).toEqual([]);
    expect(pair({ gtins: ['1'] }, {})).toEqual([]);
    expect(pair({ codes: ['AB12'] }, { codes: ['CD34'] })).toEqual(['0 code_conflict']);
    expect(pair({ codes: ['AB12'] }, { codes: ['SONAB12'] })).toEqual([]);
    expect(pair({ variants: { colour: 'red' } }, { variants: { colour: 'blue' } })).toEqual(['0 variant_conflict']);
    expect(pair({ variants: { colour: 'red' } }, { variants: { edition: 'gold' } })).toEqual([]);
  });

  it('sees a conflict that a merge brought in', () => {
    const nodes = [node('a', { gtins: ['1'] }), node('b'), node('c', { gtins: ['2'] })];
    const { clusters, reasons } = clustersOf(nodes, [edge(0, 1, 0.99), edge(1, 2, 0.9)]);
    expect(clusters).toEqual([['a', 'b'], ['c']]);
    expect(reasons).toEqual(['1 gtin_conflict']);
  });

  it('obeys must_link over everything but cannot_link', () => {
    const nodes = [
      node('a', { gtins: ['1'], source: 'u' }),
      node('b', { gtins: ['2'], source: 'u' }),
      node('c', { codes: ['X1'] }),
    ];
    const must = [edge(0, 1, 0, 'must_link'), edge(1, 2, 0, 'must_link')];
    expect(clustersOf(nodes, must, uniqueRules).clusters).toHaveLength(1);
    const { clusters, reasons } = clustersOf(nodes, [...must, edge(0, 2, 0, 'cannot_link')]);
    expect(clusters).toEqual([['a', 'b'], ['c']]);
    expect(reasons).toEqual(['1 cannot_link']);
  });

  it('does not depend on the order of nodes and edges', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat(1e6)), ({ nodes, edges }, stream) => {
        const dice = stream[Symbol.iterator]();
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((value) => ({ value, at: dice.next().value as number }))
            .sort((x, y) => x.at - y.at)
            .map(({ value }) => value);
        const order = shuffle(nodes.map((_, i) => i));
        const place = order.map((_, i) => order.indexOf(i));
        const moved = shuffle(edges).map((one, i) => {
          const [a, b] = [place[one.a]!, place[one.b]!];
          return i % 2 ? { ...one, a: b, b: a } : { ...one, a, b };
        });
        const shuffledNodes = order.map((i) => nodes[i]!);
        const first = clusterComponent(nodes, edges, uniqueRules);
        const second = clusterComponent(shuffledNodes, moved, uniqueRules);
        expect(partition(shuffledNodes, second.cluster)).toEqual(partition(nodes, first.cluster));
        const told = (list: ClusterEdge[], all: ClusterNode[], refused: typeof first.refused) =>
          refused
            .map(({ edge: at, reason }) => `${[all[list[at]!.a]!.key, all[list[at]!.b]!.key].sort()} ${reason}`)
            .sort();
        expect(told(moved, shuffledNodes, second.refused)).toEqual(told(edges, nodes, first.refused));
      }),
      { numRuns: 400 },
    );
  });

  it('never breaks a cannot_link, and never leaves the components of its edges', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const { cluster } = clusterComponent(nodes, edges, uniqueRules);
        for (const { a, b, kind } of edges) if (kind === 'cannot_link') expect(cluster[a]).not.toBe(cluster[b]);
        const linking = edges.filter(({ kind }) => kind === 'match' || kind === 'must_link');
        const component = components(nodes.length, linking);
        for (let i = 0; i < nodes.length; i++)
          for (let j = 0; j < i; j++) if (cluster[i] === cluster[j]) expect(component[i]).toBe(component[j]);
      }),
      { numRuns: 400 },
    );
  });

  it('without must_link, never breaks unique sources and tells of every match it did not follow', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const free = edges.filter(({ kind }) => kind !== 'must_link');
        const { cluster, refused } = clusterComponent(nodes, free, uniqueRules);
        const seen = new Set<number>();
        nodes.forEach(({ source }, i) => {
          if (source !== 'u') return;
          expect(seen.has(cluster[i]!)).toBe(false);
          seen.add(cluster[i]!);
        });
        const apart = free.flatMap(({ a, b, kind }, i) => (kind === 'match' && cluster[a] !== cluster[b] ? [i] : []));
        expect(refused.map((one) => one.edge)).toEqual(apart);
      }),
      { numRuns: 400 },
    );
  });

  it('takes a component of seven thousand records', () => {
    const nodes = Array.from({ length: 7000 }, (_, i) => node(`a${String(i).padStart(5, '0')}`));
    const edges: ClusterEdge[] = [];
    for (let i = 0; i < nodes.length; i++)
      for (let step = 1; step <= 12; step++)
        if (i + step < nodes.length) edges.push(edge(i, i + step, i % 7 < 4 && step < 4 ? 0.98 : 0.55));
    const { cluster } = clusterComponent(nodes, edges, rules);
    expect(new Set(cluster).size).toBeGreaterThan(100);
  });
});
