import type { Sql } from '../../platform/database/port.js';
import { neighbourhood, type StoredCorpus } from './corpus.js';
import { readEdges, type StoredEdge } from './edges.js';
import { holdSnapshot } from './locks.js';
import { claimMarks, toMark } from './marks.js';
import { ridParam } from './rid.js';
import { READ_SEQS, RING_SEQS } from './score.sql.js';
import { type ScoreContext, scoreEdges } from './score-context.js';
import { writeEdges } from './write-edges.js';

export interface Portion {
  /** Marks that were worked on. */
  claimed: number;
  /** New matches, with the corpus that knows their sources. */
  found: StoredEdge[];
  stored: StoredCorpus;
}

/**
 * Rescores the oldest marks that nobody else has claimed, over their neighbourhood.
 *
 * @returns undefined when there is none
 * @throws SnapshotMoved
 */
export async function scoreMarked(context: ScoreContext): Promise<Portion | undefined> {
  return context.database.transaction(async (tx) => {
    await holdSnapshot(tx, context.snapshotId);
    const marks = await claimMarks(tx, 'dirty', context.batch);
    if (marks.length === 0) return undefined;
    const rids = marks.map((mark) => mark.rid);
    const seqs = await readSeqs(tx, rids);
    const stored = await neighbourhood(tx, rids, context);
    const marked = new Set(rids);
    const { edges, bars } = scoreEdges(stored, marked, context.thresholds);
    const { found } = await writeEdges(tx, {
      isMarked: (rid) => marked.has(rid),
      finish: rids,
      seqOf: (rid) => seqs.get(rid),
      barOf: (rid) => bars.get(rid) ?? 0,
      wanted: edges,
      stored: () => readEdges(tx, rids),
    });
    return { claimed: marks.length, found, stored };
  });
}

/**
 * The marks of everyone a record may have an edge with, now or until now. Edges are read after the ring: what is written
 * later between two records of which one is not in it was computed from a newer view, or is replaced by a newer mark.
 */
async function readSeqs(tx: Sql, rids: readonly bigint[]): Promise<Map<bigint, bigint>> {
  const seqs = new Map<bigint, bigint>();
  const note = (rows: readonly { rid: unknown; seq: unknown }[]): void => {
    for (const { rid, seq } of rows.map(toMark)) seqs.set(rid, seq);
  };
  note(await tx.query(RING_SEQS, [ridParam(rids)]));
  const ends = new Set<bigint>();
  for (const { a, b } of await readEdges(tx, rids)) ends.add(a).add(b);
  const unknown = [...ends].filter((rid) => !seqs.has(rid));
  if (unknown.length > 0) note(await tx.query(READ_SEQS, [ridParam(unknown)]));
  return seqs;
}
