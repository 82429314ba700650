import { type CandidateReport, STAGES } from '../index.js';
import { bulkEdges } from './bulk.js';
import type { BulkEdges } from './bulk-messages.js';
import { type StoredEdge, toEdge } from './edges.js';
import { holdSnapshot } from './locks.js';
import { compareRids } from './rid.js';
import { EDGES_BETWEEN } from './score.sql.js';
import { countMatches, type ScoreContext } from './score-context.js';
import { placeOf, readAllSeqs, type Seqs } from './seqs.js';
import { writeEdges } from './write-edges.js';

/** Records whose edges are written in one transaction. */
const PORTION = 10_000;

/**
 * Rescores every marked record in one pass over the whole corpus, in a thread of its own, and writes the edges in portions
 * of ascending ids. Marks are read before the records; what is marked meanwhile stays for the next pass.
 *
 * @throws SnapshotMoved
 */
export async function scoreAll(context: ScoreContext): Promise<{ records: number; candidates: CandidateReport }> {
  const { database, progress, signal, thresholds } = context;
  const seqs = await readAllSeqs(database);
  // The snapshot is held again for every portion; one that came meanwhile has marked everything, and nothing is written.
  await database.transaction((tx) => holdSnapshot(tx, context.snapshotId));
  const found = await bulkEdges(context, {
    review: thresholds.review,
    marked: seqs.pending(),
    signal,
    progress: (step, done, total) => step === 'compare' && progress?.(done, total),
  });
  const rows = ascending(found);
  let at = 0;
  for (let from = 0; from < seqs.size; from += PORTION) {
    signal?.throwIfAborted();
    const last = seqs.rid(Math.min(from + PORTION, seqs.size) - 1);
    const start = at;
    while (at < rows.length && found.a[rows[at]!]! <= last) at++;
    await writePortion(context, seqs, from, toEdges(found, rows.subarray(start, at), thresholds.match), found);
  }
  return { records: seqs.pendingCount, candidates: found.report };
}

async function writePortion(
  context: ScoreContext,
  seqs: Seqs,
  from: number,
  wanted: readonly StoredEdge[],
  all: BulkEdges,
): Promise<void> {
  const to = Math.min(from + PORTION, seqs.size) - 1;
  const between = [seqs.rid(from).toString(), seqs.rid(to).toString()];
  const { found } = await context.database.transaction(async (tx) => {
    await holdSnapshot(tx, context.snapshotId);
    return writeEdges(tx, {
      isMarked: (rid) => seqs.isPending(rid),
      // Pairs of a record with a lesser one were written in this portion or one before.
      finish: seqs.pendingBetween(from, to),
      seqOf: (rid) => seqs.seqOf(rid),
      barOf: (rid) => barOf(all, rid),
      wanted,
      stored: async () =>
        (await tx.query<Parameters<typeof toEdge>[0]>(EDGES_BETWEEN, between))
          .map(toEdge)
          .filter(({ a, b }) => seqs.isPending(a) || seqs.isPending(b)),
    });
  });
  const sourceOf = new Map(
    (wanted as readonly BulkEdge[]).flatMap((e) => [[e.a, e.sourceA] as const, [e.b, e.sourceB] as const]),
  );
  countMatches(context, found, (rid) => all.sources[sourceOf.get(rid)!] ?? '');
}

function barOf({ rids, bars }: BulkEdges, rid: bigint): number {
  const at = placeOf(rids, rids.length, rid);
  return at < 0 ? 0 : bars[at]!;
}

interface BulkEdge extends StoredEdge {
  sourceA: number;
  sourceB: number;
}

function toEdges(found: BulkEdges, rows: Uint32Array, match: number): BulkEdge[] {
  return Array.from(rows, (i): BulkEdge => {
    const probability = found.probability[i]!;
    return {
      a: found.a[i]!,
      b: found.b[i]!,
      probability,
      stage: STAGES[found.stage[i]!]!,
      state: probability >= match ? 'match' : 'review',
      sourceA: found.sourceA[i]!,
      sourceB: found.sourceB[i]!,
    };
  });
}

/** The places of the edges in the order of their lesser ends. */
function ascending({ a, b }: BulkEdges): Uint32Array {
  const rows = Uint32Array.from(a, (_, i) => i);
  return rows.sort((i, j) => compareRids(a[i]!, a[j]!) || compareRids(b[i]!, b[j]!));
}
