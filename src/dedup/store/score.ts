import type { CandidateReport } from '../index.js';
import { expandMarks } from './expand.js';
import { COUNT_MARKS } from './score.sql.js';
import { scoreAll } from './score-bulk.js';
import { countMatches, type ScoreContext } from './score-context.js';
import { scoreMarked } from './score-streaming.js';
import { liveEstimate } from './snapshot.js';

export interface ScoreResult {
  driver: 'none' | 'bulk' | 'streaming';
  /** Marks that were worked on; a record marked twice counts twice. */
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
const NOTHING: ScoreResult = { driver: 'none', records: 0 };

/**
 * Rescores some marked records: a portion of the oldest, or all at once where so many are marked that one pass over the
 * corpus is cheaper, which one process at a time does. All pairs with a marked end get their edges replaced. Both drivers
 * run the same engine over the same neighbourhoods, so they write the same edges.
 *
 * @returns no records when none is marked, or others are at it
 * @throws SnapshotMoved
 */
export async function scorePortion(context: ScoreContext): Promise<ScoreResult> {
  if (await isForBulk(context)) return scoreInBulk(context);
  const portion = await scoreMarked(context);
  if (portion === undefined) return NOTHING;
  countMatches(context, portion.found, (rid) => portion.stored.sourceOf.get(rid) ?? '');
  return { driver: 'streaming', records: portion.claimed };
}

/**
 * `scorePortion` of what is marked once all entries are expanded. Beside a pass over everything nothing is expanded: that
 * would mark anew what the pass is at.
 *
 * @returns no records when none is marked, or others are at it
 * @throws SnapshotMoved
 */
export async function expandAndScore(context: ScoreContext): Promise<ScoreResult> {
  if (await isForBulk(context)) return scoreInBulk(context, expandAll);
  await expandAll(context);
  return scorePortion(context);
}

/** Expands and rescores until nothing is marked that others are not at. */
export async function scoreDirty(context: ScoreContext): Promise<ScoreResult> {
  const total: ScoreResult = { ...NOTHING };
  for (;;) {
    context.signal?.throwIfAborted();
    await expandAll(context);
    const { driver, records, candidates } = await scorePortion(context);
    if (driver === 'none') return total;
    if (total.driver !== 'bulk') total.driver = driver;
    if (candidates !== undefined) total.candidates = candidates;
    total.records += records;
    if (driver === 'streaming') context.progress?.(total.records);
  }
}

async function expandAll(context: ScoreContext): Promise<void> {
  while ((await expandMarks(context)) > 0) context.signal?.throwIfAborted();
}

async function scoreInBulk(
  context: ScoreContext,
  before?: (context: ScoreContext) => Promise<void>,
): Promise<ScoreResult> {
  const bulk = await context.database.exclusive('bulk scoring', async (lost) => {
    const signal = context.signal === undefined ? lost : AbortSignal.any([context.signal, lost]);
    await before?.({ ...context, signal });
    return scoreAll({ ...context, signal });
  });
  return bulk === undefined ? NOTHING : { driver: 'bulk', ...bulk };
}

async function isForBulk({ database, bulkShare }: ScoreContext): Promise<boolean> {
  if (bulkShare === Number.POSITIVE_INFINITY) return false;
  const marked = async (limit: number): Promise<number> => {
    const [row] = await database.query<{ n: number }>(COUNT_MARKS, [limit]);
    return row?.n ?? 0;
  };
  if (bulkShare === undefined && (await marked(BULK_FLOOR + 1)) <= BULK_FLOOR) return false;
  const share = Math.ceil((await liveEstimate(database)) * (bulkShare ?? BULK_SHARE));
  const least = bulkShare === undefined ? Math.max(BULK_FLOOR, share) + 1 : Math.max(1, share);
  return (await marked(least)) >= least;
}
