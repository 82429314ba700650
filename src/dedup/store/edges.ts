import { chunks } from '../../chunks.js';
import type { Sql } from '../../platform/database/port.js';
import { MARK_COMPONENTS } from './apply.sql.js';
import { ridParam, toRid } from './rid.js';
import * as sql from './score.sql.js';

export type EdgeState = 'match' | 'review';

export interface StoredEdge {
  a: bigint;
  b: bigint;
  /** Single precision, as it is stored: equal values compare equal after a round trip. */
  probability: number;
  stage: string;
  state: EdgeState;
}

interface EdgeRow {
  a: unknown;
  b: unknown;
  probability: number;
  stage: string;
  state: EdgeState;
}

export const toEdge = (row: EdgeRow): StoredEdge => ({
  a: toRid(row.a),
  b: toRid(row.b),
  probability: Math.fround(row.probability),
  stage: row.stage,
  state: row.state,
});

const PORTION = 20_000;

/** Edges with an end in `rids`; all edges when `rids` is undefined. */
export async function readEdges(database: Sql, rids?: readonly bigint[]): Promise<StoredEdge[]> {
  if (rids === undefined) return (await database.query<EdgeRow>(sql.ALL_EDGES)).map(toEdge);
  const found = new Map<string, StoredEdge>();
  for (const part of chunks(rids, PORTION))
    for (const row of await database.query<EdgeRow>(sql.EDGES_OF, [ridParam(part)])) {
      const edge = toEdge(row);
      found.set(`${edge.a}:${edge.b}`, edge);
    }
  return [...found.values()];
}

/**
 * Makes `wanted` the edges that have an end among the scored records, writing only what differs, and marks the
 * components of both ends of every edge that appeared, went or changed.
 *
 * @returns matches that were none before
 */
export async function replaceEdges(
  tx: Sql,
  existing: readonly StoredEdge[],
  wanted: readonly StoredEdge[],
): Promise<StoredEdge[]> {
  const before = new Map(existing.map((edge) => [`${edge.a}:${edge.b}`, edge]));
  const written: StoredEdge[] = [];
  const found: StoredEdge[] = [];
  for (const edge of wanted) {
    const name = `${edge.a}:${edge.b}`;
    const old = before.get(name);
    before.delete(name);
    if (old?.probability === edge.probability && old.stage === edge.stage && old.state === edge.state) continue;
    written.push(edge);
    if (edge.state === 'match' && old?.state !== 'match') found.push(edge);
  }
  const gone = [...before.values()];
  const touched = new Set<bigint>();
  for (const edge of gone) touched.add(edge.a).add(edge.b);
  for (const edge of written) touched.add(edge.a).add(edge.b);
  for (const part of chunks(gone, PORTION))
    await tx.query(sql.DELETE_EDGES, [ridParam(part.map((e) => e.a)), ridParam(part.map((e) => e.b))]);
  for (const part of chunks(written, PORTION))
    await tx.query(sql.UPSERT_EDGES, [
      ridParam(part.map((e) => e.a)),
      ridParam(part.map((e) => e.b)),
      part.map((e) => e.probability),
      part.map((e) => e.stage),
      part.map((e) => e.state),
    ]);
  for (const part of chunks([...touched], PORTION)) await tx.query(MARK_COMPONENTS, [ridParam(part)]);
  return found;
}
