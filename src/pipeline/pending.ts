import { appliedOffset } from '../dedup/store/index.js';
import type { Database } from '../platform/database/port.js';
import type { Platform } from '../platform/index.js';
import { TOPICS } from './context.js';

/** Whether records are marked for scoring or resolving, or events wait to be relayed. */
export async function hasWork(database: Database): Promise<boolean> {
  const [row] = await database.query<{ work: boolean }>(
    `select exists (select 1 from dirty) or exists (select 1 from dirty_component) or exists (select 1 from outbox) as work`,
  );
  return row?.work ?? false;
}

/** Whether a run without pulling would find something to do: messages that another process appended, or marks it set. */
export async function isBehind({ log, database }: Pick<Platform, 'log' | 'database'>): Promise<boolean> {
  for (const { end, committed, start } of await log.positions(TOPICS.raw, 'harmonize'))
    if ((committed ?? start) < end) return true;
  for (const { partition, end, start } of await log.positions(TOPICS.canonical))
    if (((await appliedOffset(database, TOPICS.canonical, partition)) ?? start) < end) return true;
  return hasWork(database);
}
