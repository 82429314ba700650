import type { Counters } from '../../observe/counters.js';
import type { Database } from '../../platform/database/port.js';
import { COUNT_NOTED, EXPAND, FORGET_NOTED } from './expand.sql.js';
import { holdSnapshot, tryExpand } from './locks.js';
import { MARK_EVERYTHING } from './marks.sql.js';
import { liveCount } from './snapshot.js';

export interface ExpandContext {
  database: Database;
  counters?: Counters;
  snapshotId: string;
}

/** Entries of one transaction: some fifty records share a key with each. */
const PORTION = 500;
/** Above this share of the corpus nearly everything shares a key with one of them. */
const EVERYTHING = 0.05;

/**
 * Marks everyone whose candidate list may read differently since keys were published: the second half of `applyBatch`, in a
 * transaction that begins after the first was committed. So of two records that arrived at once in two workers, whichever
 * was committed later is expanded when both can be seen. One worker does it at a time.
 *
 * @returns how many entries were expanded: 0 when none is left, or another worker is at it
 * @throws SnapshotMoved
 */
export async function expandMarks(context: ExpandContext): Promise<number> {
  const { database, counters } = context;
  // Asked outside, so that workers that find nothing take no lock.
  if ((await noted(database, 1)) === 0) return 0;
  const done = await database.transaction(async (tx) => {
    await holdSnapshot(tx, context.snapshotId);
    if (!(await tryExpand(tx))) return { entries: 0, marks: 0 };
    if ((await noted(tx, PORTION * 2)) === PORTION * 2) {
      const live = await liveCount(tx);
      const entries = await noted(tx, Math.ceil(live * EVERYTHING) + PORTION * 2);
      if (entries > live * EVERYTHING && entries > PORTION) {
        await tx.query(FORGET_NOTED);
        await tx.query(MARK_EVERYTHING);
        return { entries, marks: live };
      }
    }
    const [row] = await tx.query<{ entries: number; marks: number }>(EXPAND, [PORTION]);
    return row ?? { entries: 0, marks: 0 };
  });
  if (done.marks > 0) counters?.add('dedup', '', 'marked', done.marks);
  return done.entries;
}

async function noted(database: Pick<Database, 'query'>, limit: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(COUNT_NOTED, [limit]);
  return row?.n ?? 0;
}
