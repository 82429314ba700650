/**
 * Whom a record x concerns that comes, changes or goes. An edge of y and z is a function of the two records and of their
 * candidate lists, so x itself is marked, and of the others those whose list may read differently:
 *
 * - The list of y has the k records that share most with it, by weight of the shared keys (what is listed besides,
 *   below). Its bar is what the last of the k shared when y was scored. x was or is among the k only if it shares that much, before or
 *   after; otherwise the k, and with them the bar, stay what they are.
 * - The bar is only to be trusted while y is not marked. Where y is, some scorer may have read y's blocks before x came:
 *   y is marked anew, so that what that scorer found is not taken for y's last word.
 * - A key that more records hold than the cap counts for nothing. Where it may have crossed the cap either way since it
 *   was looked at last – going by all entries that are noted, in whichever order they came – everyone who holds it is marked.
 * - So is everyone who holds an identifying key of more than k records: its anchors are listed beside the k, and depend on
 *   all who hold it.
 *
 * Only entries that were committed before are looked at, together with the keys, marks and bars of the same moment: what
 * is committed later has an entry that is expanded later, and sees this one's.
 */
import type { Counters } from '../../observe/counters.js';
import type { Database } from '../../platform/database/port.js';
import type { Model } from '../index.js';
import { COUNT_NOTED, EXPAND, FORGET_NOTED } from './expand.sql.js';
import { holdSnapshot, tryExpand } from './locks.js';
import { MARK_EVERYTHING } from './marks.sql.js';
import { liveCount } from './snapshot.js';

export interface ExpandContext {
  database: Database;
  counters?: Counters;
  snapshotId: string;
  model: Model;
}

interface Expanded {
  entries: number;
  /** Records that share a live key with one of them. */
  sharers: number;
  marks: number;
}

const NOTHING: Expanded = { entries: 0, sharers: 0, marks: 0 };

/** Entries of one transaction: some fifty records share a key with each, of which it concerns a few. */
const PORTION = 500;
/** Above this share of the corpus nearly everything shares a key with one of them. */
const EVERYTHING = 0.05;

/**
 * Marks everyone whose candidate list may read differently since keys were published (above): the second half of `applyBatch`, in a
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
  const done = await database.transaction(async (tx): Promise<Expanded> => {
    await holdSnapshot(tx, context.snapshotId);
    if (!(await tryExpand(tx))) return NOTHING;
    if ((await noted(tx, PORTION * 2)) === PORTION * 2) {
      const live = await liveCount(tx);
      const entries = await noted(tx, Math.ceil(live * EVERYTHING) + PORTION * 2);
      if (entries > live * EVERYTHING && entries > PORTION) {
        await tx.query(FORGET_NOTED);
        await tx.query(MARK_EVERYTHING);
        return { entries, sharers: live, marks: live };
      }
    }
    const { identifierCap, cap, anchors, candidates } = context.model.blocking;
    const caps = [identifierCap, cap, anchors > 0 ? candidates : null];
    const [row] = await tx.query<Expanded>(EXPAND, [PORTION, ...caps]);
    return row ?? NOTHING;
  });
  if (done.marks > 0) counters?.add('dedup', '', 'marked', done.marks);
  if (done.sharers > done.marks) counters?.add('dedup', '', 'spared', done.sharers - done.marks);
  return done.entries;
}

async function noted(database: Pick<Database, 'query'>, limit: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(COUNT_NOTED, [limit]);
  return row?.n ?? 0;
}
