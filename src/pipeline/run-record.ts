import type { Resources } from '../observe/index.js';
import type { Database } from '../platform/database/port.js';
import type { CompactionResult } from '../platform/log/port.js';
import type { RunContext } from './context.js';
import { closeInterrupted } from './run-right.js';

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
  /** Sources that were not read to their end: what was read of them is in, the rest is for the next run. */
  incomplete: readonly string[];
  /** Wall clock, by step. */
  seconds: Record<string, number>;
  resources: RunResources;
  /** By topic, of the run that compacted the log. */
  compacted?: Record<string, CompactionResult>;
}

export interface RunResources extends Resources {
  /** Processor time of every step, and the process's peak when it ended: the step that raised it needs it. */
  steps: Record<string, Resources>;
}

/** Opens a run's row, and closes those of runs whose process is gone. */
export async function beginRun(database: Database, kind: string): Promise<number> {
  await closeInterrupted(database);
  const [row] = await database.query<{ id: number }>(
    `insert into run (kind, status) values ($1, 'running') returning id`,
    [kind],
  );
  return Number(row!.id);
}

/** Brings the row of a run that lasts up to date. */
export async function updateRun({ platform, runId, counters, notices }: RunContext): Promise<void> {
  await platform.database.query(
    `update run set counters = $2, summary = summary || jsonb_build_object('notices', $3::jsonb) where id = $1`,
    [runId, JSON.stringify([...counters.entries()]), JSON.stringify(notices.list())],
  );
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
      JSON.stringify({ ...summary, notices: context.notices.list() }),
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
