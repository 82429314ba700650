import type { Database } from '../platform/database/port.js';
import type { CompactionResult } from '../platform/log/port.js';
import type { RunContext } from './context.js';

export interface RunSummary {
  records: number;
  goldenRecords: number;
  edges: { match: Record<'exact' | 'fuzzy' | 'embedding' | 'steward', number>; review: number };
  created: number;
  changed: number;
  merged: number;
  split: number;
  retired: number;
  moved: number;
  withdrawn: number;
  refusedEdges: Record<string, number>;
  candidates: unknown;
  driver: string;
  rescored: number;
  notices: readonly { source: string; code: string; message: string }[];
  seconds: Record<string, number>;
  /** By topic, of the run that compacted the log. */
  compacted?: Record<string, CompactionResult>;
}

/** Opens the run's row. A run that is still open then was interrupted; its work is taken up, its row closed. */
export async function beginRun(database: Database, kind: string): Promise<number> {
  await database.query(`update run set status = 'interrupted', finished_at = now() where status = 'running'`);
  const [row] = await database.query<{ id: number }>(
    `insert into run (kind, status) values ($1, 'running') returning id`,
    [kind],
  );
  return Number(row!.id);
}

export async function endRun(
  context: RunContext,
  status: 'done' | 'failed',
  summary: Partial<RunSummary> & { error?: string },
): Promise<void> {
  await context.platform.database.query(
    `update run set status = $2, finished_at = now(), counters = $3, summary = $4 where id = $1`,
    [
      context.runId,
      status,
      JSON.stringify([...context.counters.entries()]),
      JSON.stringify({ ...summary, notices: context.notices }),
    ],
  );
}

/** What the store holds now. */
export async function countStore(database: Database): Promise<Pick<RunSummary, 'records' | 'goldenRecords' | 'edges'>> {
  const [counts] = await database.query<{ records: number; golden: number }>(
    `select (select count(*)::int from source_record where not withdrawn) as records, (select count(*)::int from golden_record) as golden`,
  );
  const rows = await database.query<{ state: string; stage: string; n: number }>(
    `select state, stage, count(*)::int as n from edge group by state, stage order by state, stage`,
  );
  const edges = { match: { exact: 0, fuzzy: 0, embedding: 0, steward: 0 }, review: 0 };
  for (const { state, stage, n } of rows) {
    if (state === 'match') edges.match[stage as keyof typeof edges.match] = n;
    else edges.review += n;
  }
  return { records: counts?.records ?? 0, goldenRecords: counts?.golden ?? 0, edges };
}
