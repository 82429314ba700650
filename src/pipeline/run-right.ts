import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.js';
import type { Database } from '../platform/database/port.js';
import type { RunContext } from './context.js';

const AGAIN_MS = 1000;

/** The right that a process holds for as long as it is at a run, which is how others tell that it lives. */
export const runRight = (runId: number): string => `run ${runId}`;

/** Closes the rows of runs whose process is gone: nobody holds their right. Their work is taken up. */
export async function closeInterrupted(database: Database): Promise<void> {
  const open = await database.query<{ id: number }>(`select id from run where status = 'running' order by id`);
  for (const { id } of open)
    await database.exclusive(runRight(id), async () => {
      await database.query(
        `update run set status = 'interrupted', finished_at = now() where id = $1 and status = 'running'`,
        [id],
      );
    });
}

/**
 * Holds a run's right until the signal, and takes it again after the database was away: a run outlives that. `meanwhile` goes
 * on while it is held, until the signal that it is given.
 */
export async function holdRun(
  { platform, runId, logger }: Pick<RunContext, 'platform' | 'runId' | 'logger'>,
  until: AbortSignal,
  meanwhile: (over: AbortSignal) => Promise<void> = aborted,
): Promise<void> {
  while (!until.aborted) {
    try {
      await platform.database.exclusive(runRight(runId), (lost) => meanwhile(AbortSignal.any([until, lost])));
    } catch (error) {
      logger.debug({ err: error }, `the run's row waits for the database: ${messageOf(error)}`);
    }
    await sleep(AGAIN_MS, undefined, { signal: until }).catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
