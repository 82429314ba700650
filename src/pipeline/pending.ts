import { appliedOffset } from '../dedup/store/index.js';
import type { Database } from '../platform/database/port.js';
import type { Platform } from '../platform/index.js';
import { TOPICS } from './context.js';

/** Work that waits in the store. */
export interface PendingWork {
  /** Records whose new keys others have to be told of. */
  expand: number;
  /** Records to rescore. */
  score: number;
  /** Records whose components are to be resolved. */
  components: number;
  /** Events to relay. */
  outbox: number;
}

export async function pendingWork(database: Database): Promise<PendingWork> {
  const [row] = await database.query<PendingWork & Record<string, number>>(
    `select (select count(*)::int from expand) as expand, (select count(*)::int from dirty where pending) as score,
      (select count(*)::int from dirty_component) as components, (select count(*)::int from outbox) as outbox`,
  );
  return row ?? { expand: 0, score: 0, components: 0, outbox: 0 };
}

/** Of which kinds work waits in the store: a look that costs the same however much there is. */
export async function waitingWork(database: Database): Promise<Record<keyof PendingWork, boolean>> {
  const [row] = await database.query<Record<keyof PendingWork, boolean>>(
    `select exists (select from expand) as expand, exists (select from dirty where pending) as score,
      exists (select from dirty_component) as components, exists (select from outbox) as outbox`,
  );
  return row ?? { expand: false, score: false, components: false, outbox: false };
}

/** Whether any work waits in the store. */
export async function hasWork(database: Database): Promise<boolean> {
  return Object.values(await waitingWork(database)).includes(true);
}

/** Whether a run without pulling would find something to do: messages that another process appended, or marks it set. */
export async function isBehind({ log, database }: Pick<Platform, 'log' | 'database'>): Promise<boolean> {
  for (const { end, committed, start } of await log.positions(TOPICS.raw, 'harmonize'))
    if ((committed ?? start) < end) return true;
  for (const { partition, end, start } of await log.positions(TOPICS.canonical))
    if (((await appliedOffset(database, TOPICS.canonical, partition)) ?? start) < end) return true;
  return hasWork(database);
}
