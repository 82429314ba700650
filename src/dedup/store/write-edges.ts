/**
 * Why no stale score survives, however many workers score at once. The edge of x and z is a function of what both say and
 * of their two candidate lists. Whatever changes that for x marks x, in its own transaction or in the expansion that
 * follows it.
 *
 * - A scorer notes the marks of all ends, then reads records and lists, computes, locks the marks and writes a pair only
 *   where neither end was marked since. So its view of the pair is newer than the last mark of both, as of the writing.
 * - A mark waits for the lock: it is committed either before the writing, which then does not take place, or after it, and
 *   then its own scorer, which locks the same two rows, sees the pair and replaces it.
 * - Hence the last scorer of the end that was marked last writes the pair from a view that has everything, and nobody with
 *   an older view writes after it. A scorer that skips a pair because the other end was marked leaves it to that mark.
 */
import { chunks } from '../../chunks.js';
import type { Sql } from '../../platform/database/port.js';
import { edgeName, type StoredEdge, sameEdge } from './edges.js';
import { toMark } from './marks.js';
import { MARK_COMPONENTS } from './marks.sql.js';
import { compareRids, ridParam } from './rid.js';
import * as sql from './score.sql.js';

/** What a scorer found out about the records it answers for. */
export interface Findings {
  /** The records it answers for; pairs between others are left alone. */
  isMarked: (rid: bigint) => boolean;
  /** Those whose marks are finished by this writing: all their pairs are in `wanted`, or were written before. */
  finish: readonly bigint[];
  /** The last mark of every possible end, read before records and lists were. */
  seqOf: (rid: bigint) => bigint | undefined;
  /** What others must share with a record to concern its candidate list (see `expand.ts`); 0 for one that is withdrawn. */
  barOf: (rid: bigint) => number;
  /** Every edge worth keeping. */
  wanted: readonly StoredEdge[];
  /** The stored edges concerned; asked for twice. */
  stored: () => Promise<StoredEdge[]>;
}

export interface Written {
  /** Matches that were none before. */
  found: StoredEdge[];
  /** Marks finished; the others were set again meanwhile. */
  finished: number;
}

const PORTION = 20_000;
/** From so many on COPY is cheaper than a statement. */
const COPY_FROM = 500;

/**
 * Makes `wanted` the edges of the marked records, writing only what differs, marks the components of both ends of every
 * edge that appeared, went or changed, and finishes the marks: all in the caller's transaction.
 */
export async function writeEdges(tx: Sql, findings: Findings): Promise<Written> {
  const { isMarked, finish, seqOf, barOf, wanted } = findings;
  const ends = new Set(finish);
  for (const { a, b } of wanted) ends.add(a).add(b);
  for (const { a, b } of await findings.stored()) ends.add(a).add(b);
  const now = new Map<bigint, bigint>();
  const rows = await tx.query<{ rid: unknown; seq: unknown }>(sql.LOCK_SEQS, [ridParam(ends)]);
  for (const { rid, seq } of rows.map(toMark)) now.set(rid, seq);
  // An end whose row is gone was forgotten; one that is not locked was marked since, and its edge is new.
  const unmarkedSince = (rid: bigint): boolean => {
    const seq = now.get(rid);
    return seq !== undefined && seq === seqOf(rid);
  };
  const mine = ({ a, b }: StoredEdge): boolean => (isMarked(a) || isMarked(b)) && unmarkedSince(a) && unmarkedSince(b);

  const before = new Map((await findings.stored()).filter(mine).map((edge) => [edgeName(edge), edge]));
  const added: StoredEdge[] = [];
  const changed: StoredEdge[] = [];
  const found: StoredEdge[] = [];
  for (const edge of wanted) {
    if (!mine(edge)) continue;
    const name = edgeName(edge);
    const old = before.get(name);
    before.delete(name);
    if (old === undefined) added.push(edge);
    else if (!sameEdge(old, edge)) changed.push(edge);
    else continue;
    if (edge.state === 'match' && old?.state !== 'match') found.push(edge);
  }
  const gone = [...before.values()];
  await write(tx, added, changed, gone);
  const done = finish.filter(unmarkedSince);
  for (const part of chunks(done, PORTION))
    await tx.query(sql.FINISH_MARKS, [ridParam(part), part.map((rid) => String(seqOf(rid))), part.map(barOf)]);
  return { found, finished: done.length };
}

async function write(
  tx: Sql,
  added: readonly StoredEdge[],
  changed: readonly StoredEdge[],
  gone: readonly StoredEdge[],
): Promise<void> {
  for (const part of chunks(gone, PORTION))
    await tx.query(sql.DELETE_EDGES, [ridParam(part.map((e) => e.a)), ridParam(part.map((e) => e.b))]);
  const upserts = added.length < COPY_FROM ? [...changed, ...added] : changed;
  for (const part of chunks(upserts, PORTION))
    await tx.query(sql.UPSERT_EDGES, [
      ridParam(part.map((e) => e.a)),
      ridParam(part.map((e) => e.b)),
      part.map((e) => e.probability),
      part.map((e) => e.stage),
      part.map((e) => e.state),
    ]);
  // Both ends are locked, so nobody else writes these edges.
  if (upserts === changed && added.length > 0)
    await tx.copyIn(
      'edge',
      ['a', 'b', 'probability', 'stage', 'state'],
      added.map((e) => [e.a, e.b, e.probability, e.stage, e.state]),
    );
  const touched = new Set<bigint>();
  for (const edges of [gone, changed, added]) for (const { a, b } of edges) touched.add(a).add(b);
  await markComponents(tx, touched);
}

/** In portions, each of greater ids than the last: locks are taken in order over all of them. Neighbours stay together. */
async function markComponents(tx: Sql, rids: ReadonlySet<bigint>): Promise<void> {
  if (rids.size <= PORTION) {
    if (rids.size > 0) await tx.query(MARK_COMPONENTS, [ridParam(rids)]);
    return;
  }
  for (const part of chunks([...rids].sort(compareRids), PORTION)) await tx.query(MARK_COMPONENTS, [ridParam(part)]);
}
