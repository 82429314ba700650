import { chunks } from '../../chunks.js';
import type { Counters } from '../../observe/counters.js';
import type { Database } from '../../platform/database/port.js';
import { type CandidateReport, STAGES, scoreCorpus } from '../index.js';
import { bulkEdges } from './bulk.js';
import { type CorpusSettings, neighbourhood, type StoredCorpus } from './corpus.js';
import { readEdges, replaceEdges, type StoredEdge } from './edges.js';
import { ridParam, toRid } from './rid.js';
import * as sql from './score.sql.js';
import { liveCount } from './snapshot.js';

export interface ScoreContext extends CorpusSettings {
  database: Database;
  /** Told of new matches, as duplicates of both ends' sources. */
  counters?: Counters;
  thresholds: { match: number; review: number };
  /** Records rescored per streaming transaction. */
  batch: number;
  /** Share of the corpus that must be marked for the bulk driver; both drivers give the same edges. */
  bulkShare?: number;
  progress?: ((done: number, total?: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface ScoreResult {
  driver: 'none' | 'bulk' | 'streaming';
  records: number;
  /** Of the bulk driver, which sees every candidate pair. */
  candidates?: CandidateReport;
}

/**
 * Above this share of the corpus one pass over everything in memory is cheaper than asking for neighbourhoods: a
 * neighbourhood of two rings holds some hundred records per record asked for.
 */
const BULK_SHARE = 0.02;
const BULK_FLOOR = 200;

/**
 * Rescores every marked record: all pairs with a marked end get their edges replaced. Both drivers run the same engine
 * over the same neighbourhoods, so they write the same edges. Each transaction writes edges, marks components and clears
 * the marks it took, so a crash repeats at most one portion.
 */
export async function scoreDirty(context: ScoreContext): Promise<ScoreResult> {
  const { database } = context;
  const [marks] = await database.query<{ n: number }>(sql.COUNT_MARKS);
  const marked = marks?.n ?? 0;
  if (marked === 0) return { driver: 'none', records: 0 };
  const live = await liveCount(database);
  const { bulkShare } = context;
  if (bulkShare === undefined ? marked > Math.max(BULK_FLOOR, live * BULK_SHARE) : marked >= live * bulkShare) {
    const candidates = await scoreMarks(context, await takeMarks(database, marked * 2), (rids) =>
      scoreEverything(context, rids),
    );
    return { driver: 'bulk', records: marked, candidates };
  }
  let records = 0;
  for (;;) {
    const taken = await takeMarks(database, context.batch);
    if (taken.length === 0) return { driver: 'streaming', records };
    await scoreMarks(context, taken, (rids) => scoreNeighbourhood(context, rids));
    records += taken.length;
    context.progress?.(records);
  }
}

interface Mark {
  rid: bigint;
  seq: bigint;
}

async function takeMarks(database: Database, limit: number): Promise<Mark[]> {
  const rows = await database.query<{ rid: unknown; seq: unknown }>(sql.TAKE_MARKS, [limit]);
  return rows.map((row) => ({ rid: toRid(row.rid), seq: toRid(row.seq) }));
}

async function scoreMarks(
  context: ScoreContext,
  marks: readonly Mark[],
  score: (rids: readonly bigint[]) => Promise<Scored>,
): Promise<CandidateReport> {
  // Marks are read before the records: what changes after that sets a new mark, which stays.
  const rids = marks.map((mark) => mark.rid);
  const wanted = await score(rids);
  const everything = rids.length > wanted.records / 2;
  const found = await context.database.transaction(async (tx) => {
    const marked = new Set(rids);
    const existing = everything
      ? (await readEdges(tx)).filter((edge) => marked.has(edge.a) || marked.has(edge.b))
      : await readEdges(tx, rids);
    const matches = await replaceEdges(tx, existing, wanted.edges);
    for (const part of chunks(marks, 50_000))
      await tx.query(sql.CLEAR_MARKS, [ridParam(part.map((m) => m.rid)), ridParam(part.map((m) => m.seq))]);
    return matches;
  });
  for (const { a, b, stage } of found)
    for (const rid of [a, b]) context.counters?.add('dedup', wanted.sourceOf(rid), `duplicate:${stage}`);
  return wanted.report;
}

/** What a driver found out: edges worth keeping, and of which records. */
interface Scored {
  edges: StoredEdge[];
  report: CandidateReport;
  records: number;
  sourceOf: (rid: bigint) => string;
}

async function scoreNeighbourhood(context: ScoreContext, rids: readonly bigint[]): Promise<Scored> {
  const stored = await neighbourhood(context.database, rids, context);
  return {
    ...scoreEdges(stored, new Set(rids), context.thresholds),
    records: stored.rids.length,
    sourceOf: (rid) => stored.sourceOf.get(rid) ?? '',
  };
}

async function scoreEverything(context: ScoreContext, rids: readonly bigint[]): Promise<Scored> {
  const { match, review } = context.thresholds;
  const { progress, signal } = context;
  const found = await bulkEdges(context, {
    review,
    marked: rids,
    signal,
    progress: (step, done, total) => step === 'compare' && progress?.(done, total),
  });
  const sources = new Map<bigint, string>();
  const edges = Array.from(found.a, (a, i): StoredEdge => {
    const b = found.b[i]!;
    sources.set(a, found.sources[found.sourceA[i]!]!).set(b, found.sources[found.sourceB[i]!]!);
    const probability = found.probability[i]!;
    const state = probability >= match ? 'match' : 'review';
    return { a, b, probability, stage: STAGES[found.stage[i]!]!, state };
  });
  return { edges, report: found.report, records: found.records, sourceOf: (rid) => sources.get(rid) ?? '' };
}

/** The edges worth keeping that have an end in `rids`. */
export function scoreEdges(
  stored: StoredCorpus,
  rids: ReadonlySet<bigint>,
  thresholds: { match: number; review: number },
): { edges: StoredEdge[]; report: CandidateReport } {
  const only = stored.rids.map((rid) => rids.has(rid));
  const pairs = scoreCorpus(stored.corpus, { only: (index) => only[index] === true });
  const edges: StoredEdge[] = [];
  for (let p = 0; p < pairs.count; p++) {
    const probability = pairs.probability[p]!;
    if (probability < thresholds.review) continue;
    const left = stored.rids[pairs.left[p]!]!;
    const right = stored.rids[pairs.right[p]!]!;
    edges.push({
      a: left < right ? left : right,
      b: left < right ? right : left,
      probability,
      stage: STAGES[pairs.stage[p]!]!,
      state: probability >= thresholds.match ? 'match' : 'review',
    });
  }
  return { edges, report: pairs.report };
}
