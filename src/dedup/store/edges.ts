import { chunks } from '../../chunks.js';
import type { Sql } from '../../platform/database/port.js';
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

export interface EdgeRow {
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
      found.set(edgeName(edge), edge);
    }
  return [...found.values()];
}

export const edgeName = (edge: { a: bigint; b: bigint }): string => `${edge.a}:${edge.b}`;

export function sameEdge(x: StoredEdge, y: StoredEdge): boolean {
  return x.probability === y.probability && x.stage === y.stage && x.state === y.state;
}
