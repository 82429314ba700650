/** Reads sources from their beginning: here, or by the workers whose schedule pulls them. */
import { AssayError } from '../errors.js';
import { askForBackfill, awaitingBackfill, pullJob } from '../ingest/index.js';
import type { Platform } from '../platform/index.js';

/** Pulls that may join one that began before it was asked: the second begins after it. */
const PULLS = 2;

export interface Backfill {
  /** Read to their end by the workers. */
  done: string[];
  /** Asked for: their next pull does it. */
  waiting: string[];
  /** Sources that no process pulls on a schedule. */
  unscheduled: string[];
}

/**
 * Asks for a backfill and has the schedule's processes pull the sources now, all at once; returns when they have.
 * A pull that fails stays asked for.
 */
export async function backfillByWorkers(
  { database, schedule }: Pick<Platform, 'database' | 'schedule'>,
  sources: readonly string[],
): Promise<Backfill> {
  await askForBackfill(database, sources);
  const unscheduled: string[] = [];
  await Promise.all(
    sources.map(async (source) => {
      try {
        for (let pull = 0; pull < PULLS; pull++) {
          await schedule.trigger(pullJob(source));
          if ((await awaitingBackfill(database, [source])).length === 0) return;
        }
      } catch (error) {
        if (!(error instanceof AssayError) || error.code !== 'NOT_FOUND') throw error;
        unscheduled.push(source);
      }
    }),
  );
  const waiting = await awaitingBackfill(database, sources);
  return {
    done: sources.filter((source) => !waiting.includes(source) && !unscheduled.includes(source)),
    waiting: waiting.filter((source) => !unscheduled.includes(source)),
    unscheduled: unscheduled.sort(),
  };
}
