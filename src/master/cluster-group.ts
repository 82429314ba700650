import { type ClusterEdge, type ClusterRules, clusterComponent, clusterNode } from '../dedup/index.js';
import { toRid } from '../dedup/store/index.js';
import { type CanonicalProduct, compareText } from '../records.js';
import type { Decisions } from './decisions.js';

/** A kept edge as it stands in the store. */
export interface EdgeRow {
  a: unknown;
  b: unknown;
  probability: number;
  stage: string;
  state: 'match' | 'review';
  refused: string | null;
}

/** A record that is not withdrawn. */
export interface LiveRecord {
  rid: bigint;
  key: string;
  source: string;
  sourceId: string;
  timestamp: number;
  goldenId: string | null;
  product: CanonicalProduct;
}

/** The edges within each group. */
export function groupEdges(groups: readonly (readonly bigint[])[], rows: readonly EdgeRow[]): EdgeRow[][] {
  const groupOf = new Map<bigint, number>();
  groups.forEach((group, index) => {
    for (const rid of group) groupOf.set(rid, index);
  });
  const edges: EdgeRow[][] = groups.map(() => []);
  for (const row of rows) {
    const at = groupOf.get(toRid(row.a))!;
    // Review edges may lead from one group to another; only match edges join groups.
    if (groupOf.get(toRid(row.b)) === at) edges[at]!.push(row);
  }
  return edges;
}

/** Edges whose reason for not being followed has changed. */
export interface Refusal {
  a: bigint;
  b: bigint;
  refused: string | null;
}

/** The clusters of one group, each in key order, in the order of their smallest keys. */
export function clusterRecords(
  live: LiveRecord[],
  rows: readonly EdgeRow[],
  context: { rules: ClusterRules; decisions: Decisions },
  refusals: Refusal[],
  refusedCounts: Record<string, number>,
): LiveRecord[][] {
  live.sort((a, b) => compareText(a.key, b.key));
  if (live.length <= 1) return live.length === 0 ? [] : [live];
  const at = new Map(live.map((record, index) => [record.rid, index]));
  const edges: (ClusterEdge & { row?: EdgeRow })[] = [];
  for (const row of rows) {
    const [a, b] = [at.get(toRid(row.a)), at.get(toRid(row.b))];
    if (a !== undefined && b !== undefined)
      edges.push({ a, b, probability: row.probability, stage: row.stage, kind: row.state, row });
  }
  for (const [kind, pairs] of [
    ['must_link', context.decisions.mustLinks],
    ['cannot_link', context.decisions.cannotLinks],
  ] as const)
    for (const [x, y] of pairs) {
      const [a, b] = [at.get(x), at.get(y)];
      if (a !== undefined && b !== undefined) edges.push({ a, b, probability: kind === 'must_link' ? 1 : 0, kind });
    }
  const { cluster, refused } = clusterComponent(
    live.map((record) => clusterNode({ source: record.source, id: record.sourceId, product: record.product })),
    edges,
    context.rules,
  );
  const reasons = new Map(refused.map((r) => [edges[r.edge]?.row, r.reason]));
  for (const { row } of edges) {
    if (row === undefined) continue;
    const reason = reasons.get(row) ?? null;
    if (reason !== null) refusedCounts[reason] = (refusedCounts[reason] ?? 0) + 1;
    if (reason !== row.refused) refusals.push({ a: toRid(row.a), b: toRid(row.b), refused: reason });
  }
  const byNumber = new Map<number, LiveRecord[]>();
  live.forEach((record, index) => {
    const members = byNumber.get(cluster[index]!) ?? [];
    byNumber.set(cluster[index]!, [...members, record]);
  });
  return [...byNumber.values()];
}
