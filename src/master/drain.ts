/**
 * Any number of workers turn marked components into golden records at once. What a group becomes is a function of its
 * records, edges and decisions; each of them is written together with a mark of its component. A worker locks the records
 * of a group, notes the marks of all members, and only then reads what the group is made of: a mark it clears says nothing
 * that it has not seen, and one that comes later has another number and stays. Two workers with marks of one group follow
 * each other by the locks, and the second finds no mark left.
 */
import { chunks } from '../chunks.js';
import { claimMarks, type Mark, ridParam, toMark } from '../dedup/store/index.js';
import type { Database, Sql } from '../platform/database/port.js';
import { type Decisions, readDecisions } from './decisions.js';
import { addUp, nothingResolved, type ResolveResult } from './outcome.js';
import { type ResolveContext, resolveGroups } from './resolve.js';
import { affectedGroups, allMarked, closedGroups, reachableGroups } from './scope.js';
import { CLEAR_MARKS, LOCK_MEMBERS, MARKS_OF } from './scope.sql.js';

export interface DrainContext extends Omit<ResolveContext, 'decisions'> {
  database: Database;
  /** Records per transaction; a group is never cut. */
  batch: number;
  progress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Resolves every marked component into golden records. Groups are independent, so each transaction resolves some of them
 * and clears their marks: a crash loses none and repeats none. Other workers may be at it too.
 */
export async function drainComponents(context: DrainContext): Promise<ResolveResult> {
  const { database } = context;
  const total = nothingResolved();
  const marked = await allMarked(database);
  if (marked.length > 0) {
    const groups = await affectedGroups(database, marked, await readDecisions(database));
    let done = 0;
    for (const batch of inBatches(groups, context.batch)) {
      context.signal?.throwIfAborted();
      addUp(total, (await database.transaction((tx) => resolveMarked(tx, batch, context))).result);
      done += batch.reduce((sum, group) => sum + group.length, 0);
      context.progress?.(done, marked.length);
    }
  }
  // What grew while it was planned, or was marked meanwhile.
  for (;;) {
    const portion = await drainPortion(context);
    if (portion.marks === 0) return total;
    addUp(total, portion.result);
  }
}

/** How often a portion is begun anew when all its groups grew under it. */
const ATTEMPTS = 5;

/** Resolves the components of the oldest marks that nobody else has claimed; no marks: none is left, or others are at them. */
export async function drainPortion(context: DrainContext): Promise<{ marks: number; result: ResolveResult }> {
  for (let attempt = 1; ; attempt++) {
    context.signal?.throwIfAborted();
    const portion = await context.database.transaction(async (tx) => {
      const marks = await claimMarks(tx, 'dirty_component', context.batch);
      if (marks.length === 0) return { marks: 0, result: nothingResolved(), resolved: 0, grown: 0 };
      const rids = marks.map((mark) => mark.rid);
      const groups = await reachableGroups(tx, rids, await readDecisions(tx));
      return { marks: marks.length, ...(await resolveMarked(tx, groups, context)) };
    });
    if (portion.grown === 0 || portion.resolved > 0 || attempt === ATTEMPTS) return portion;
  }
}

/** Locks the groups and resolves those that still have a mark and that nothing leads out of; the others keep their marks. */
async function resolveMarked(
  tx: Sql,
  groups: readonly (readonly bigint[])[],
  context: DrainContext,
): Promise<{ result: ResolveResult; resolved: number; grown: number }> {
  const rids = groups.flat();
  await tx.query(LOCK_MEMBERS, [ridParam(rids)]);
  const marks = new Map<bigint, Mark>();
  for (const part of chunks(rids, 20_000))
    for (const row of await tx.query<{ rid: unknown; seq: unknown }>(MARKS_OF, [ridParam(part)])) {
      const mark = toMark(row);
      marks.set(mark.rid, mark);
    }
  // Read after the marks: whoever decides something marks what it is about.
  const decisions: Decisions = await readDecisions(tx);
  const marked = groups.filter((group) => group.some((rid) => marks.has(rid)));
  const closed = await closedGroups(tx, marked, decisions);
  if (closed.length === 0) return { result: nothingResolved(), resolved: 0, grown: marked.length };
  const result = await resolveGroups(tx, closed, { ...context, decisions });
  const cleared = closed.flat().flatMap((rid) => marks.get(rid) ?? []);
  for (const part of chunks(cleared, 20_000))
    await tx.query(CLEAR_MARKS, [ridParam(part.map((m) => m.rid)), ridParam(part.map((m) => m.seq))]);
  return { result, resolved: closed.length, grown: marked.length - closed.length };
}

function* inBatches(groups: Iterable<bigint[]>, size: number): Generator<bigint[][]> {
  let batch: bigint[][] = [];
  let records = 0;
  for (const group of groups) {
    batch.push(group);
    records += group.length;
    if (records < size) continue;
    yield batch;
    batch = [];
    records = 0;
  }
  if (batch.length > 0) yield batch;
}
