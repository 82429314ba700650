import { ridParam } from '../dedup/store/index.js';
import type { Database } from '../platform/database/port.js';
import { readDecisions } from './decisions.js';
import { type ResolveContext, type ResolveResult, resolveGroups } from './resolve.js';
import { affectedGroups, type Mark, takeMarks } from './scope.js';
import { CLEAR_MARKS } from './scope.sql.js';

export interface DrainContext extends Omit<ResolveContext, 'decisions'> {
  database: Database;
  /** Records per transaction; a group is never cut. */
  batch: number;
  progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Resolves every marked component into golden records. Groups are independent, so each transaction resolves some of them
 * and clears their marks: a crash loses none and repeats none.
 */
export async function drainComponents(context: DrainContext): Promise<ResolveResult> {
  const total: ResolveResult = {
    created: 0,
    changed: 0,
    merged: 0,
    split: 0,
    retired: 0,
    moved: 0,
    withdrawn: 0,
    refused: {},
  };
  const marks = await takeMarks(context.database);
  if (marks.length === 0) return total;
  const decisions = await readDecisions(context.database);
  const groups = await affectedGroups(context.database, marks, decisions);
  const seqOf = new Map(marks.map((mark) => [mark.rid, mark.seq]));
  let done = 0;
  for (const batch of inBatches(groups, context.batch)) {
    const rids = batch.flat();
    const cleared: Mark[] = [];
    for (const rid of rids) {
      const seq = seqOf.get(rid);
      if (seq !== undefined) cleared.push({ rid, seq });
    }
    const result = await context.database.transaction(async (tx) => {
      const outcome = await resolveGroups(tx, batch, { ...context, decisions });
      await tx.query(CLEAR_MARKS, [ridParam(cleared.map((m) => m.rid)), ridParam(cleared.map((m) => m.seq))]);
      return outcome;
    });
    addUp(total, result);
    done += rids.length;
    context.progress?.(done, marks.length);
  }
  return total;
}

function* inBatches(groups: readonly bigint[][], size: number): Generator<bigint[][]> {
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

function addUp(total: ResolveResult, part: ResolveResult): void {
  for (const name of ['created', 'changed', 'merged', 'split', 'retired', 'moved', 'withdrawn'] as const)
    total[name] += part[name];
  for (const [reason, count] of Object.entries(part.refused))
    total.refused[reason] = (total.refused[reason] ?? 0) + count;
}
