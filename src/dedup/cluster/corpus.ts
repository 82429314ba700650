import { clusterComponent } from './cluster.js';
import type { ClusterEdge, ClusterNode, ClusterRules, RefusalReason } from './types.js';
import { UnionFind } from './union-find.js';

/** Scored pairs of a corpus in columns. */
export interface PairColumns {
  count: number;
  left: Int32Array;
  right: Int32Array;
  probability: Float32Array;
}

export interface CorpusClustering {
  /** Record → cluster, numbered by the smallest record. */
  cluster: Int32Array;
  /** Pairs at or above the match threshold, and those at or above the review threshold only. */
  edges: { match: number; review: number };
  refused: Partial<Record<RefusalReason, number>>;
}

/**
 * Clusters a whole corpus: finds the components of the matches and splits each of them. Pairs below the review threshold are not
 * read, as a store would not have kept them.
 *
 * @param n records
 * @param nodeOf called for records of components with more than one record only
 */
export function clusterCorpus(
  n: number,
  pairs: PairColumns,
  nodeOf: (record: number) => ClusterNode,
  rules: ClusterRules & { reviewThreshold: number },
): CorpusClustering {
  const sets = new UnionFind(n);
  const edges = { match: 0, review: 0 };
  for (let p = 0; p < pairs.count; p++) {
    if (pairs.probability[p]! >= rules.matchThreshold) {
      edges.match++;
      sets.union(pairs.left[p]!, pairs.right[p]!);
    } else if (pairs.probability[p]! >= rules.reviewThreshold) edges.review++;
  }
  const component = sets.labels();
  const result: CorpusClustering = { cluster: new Int32Array(n), edges, refused: {} };
  const members = grouped(component, n, (record) => component[record]!);
  const byComponent = grouped(component, pairs.count, (pair) => {
    const own = component[pairs.left[pair]!]!;
    const kept = pairs.probability[pair]! >= rules.reviewThreshold && component[pairs.right[pair]!] === own;
    return kept ? own : -1;
  });
  const split = new UnionFind(n);
  for (let c = 0; c + 1 < members.starts.length; c++) {
    const records = members.items.subarray(members.starts[c]!, members.starts[c + 1]!);
    if (records.length === 1) continue;
    const own = byComponent.items.subarray(byComponent.starts[c]!, byComponent.starts[c + 1]!);
    splitComponent(records, own, pairs, nodeOf, rules, split, result);
  }
  result.cluster = split.labels();
  return result;
}

function splitComponent(
  records: Int32Array,
  own: Int32Array,
  pairs: PairColumns,
  nodeOf: (record: number) => ClusterNode,
  rules: ClusterRules,
  split: UnionFind,
  result: CorpusClustering,
): void {
  const place = new Map<number, number>();
  const nodes = Array.from(records, (record, at) => {
    place.set(record, at);
    return nodeOf(record);
  });
  const edges = Array.from(own, (pair): ClusterEdge => {
    const probability = pairs.probability[pair]!;
    const kind = probability >= rules.matchThreshold ? 'match' : 'review';
    return { a: place.get(pairs.left[pair]!)!, b: place.get(pairs.right[pair]!)!, probability, kind };
  });
  const { cluster, refused } = clusterComponent(nodes, edges, rules);
  const first = new Map<number, number>();
  cluster.forEach((number, at) => {
    const record = records[at]!;
    const smallest = first.get(number);
    if (smallest === undefined) first.set(number, record);
    else split.union(smallest, record);
  });
  for (const { reason } of refused) result.refused[reason] = (result.refused[reason] ?? 0) + 1;
}

/** Items 0..n-1 by group, in order, without an array a group; items of group -1 are left out. */
function grouped(labels: Int32Array, n: number, groupOf: (item: number) => number) {
  const groups = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const starts = new Int32Array(groups + 1);
  for (let item = 0; item < n; item++) {
    const group = groupOf(item);
    if (group >= 0) starts[group + 1]!++;
  }
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const items = new Int32Array(starts[groups]!);
  for (let item = 0; item < n; item++) {
    const group = groupOf(item);
    if (group >= 0) items[next[group]!++] = item;
  }
  return { starts, items };
}
