import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.js';
import { Counters, processResources, resourcesSince } from '../observe/index.js';
import type { PipelineContext, RunContext } from './context.js';
import { Notices } from './notices.js';
import { beginRun, endRun, runRight, updateRun } from './run-record.js';
import { createTopics } from './topics.js';
import { runWorkers, type WorkStage } from './work.js';

const UPDATE_MS = 2000;
/** Notices a worker's row keeps: the newest. All of them are logged. */
const MOST_NOTICES = 100;

/**
 * A worker's life: a row in the run table that others see, the stages, and a last word. Ends when the signal is aborted.
 */
export async function workAs(context: PipelineContext, stages: readonly WorkStage[]): Promise<void> {
  const { platform, signal, logger } = context;
  await createTopics(platform.log, context.config);
  const before = processResources();
  const run: RunContext = {
    ...context,
    counters: new Counters(context.counters),
    runId: await beginRun(platform.database, `work ${stages.join(' ')}`),
    notices: new Notices(MOST_NOTICES, (notice) => logger.warn(notice, notice.message)),
    follow: true,
  };
  const told = tellUntil(run, signal);
  try {
    await runWorkers(run, stages);
  } finally {
    await told;
    await endRun(run, 'done', { resources: { ...resourcesSince(before), steps: {} } }).catch((error: unknown) =>
      logger.warn({ err: error }, 'the run was not closed'),
    );
  }
}

/** Keeps the run's right and its row, through failures of the database, until the signal. */
async function tellUntil(run: RunContext, signal: AbortSignal): Promise<void> {
  const { database } = run.platform;
  while (!signal.aborted) {
    try {
      await database.exclusive(runRight(run.runId), async (lost) => {
        const over = AbortSignal.any([signal, lost]);
        while (!over.aborted) {
          await updateRun(run);
          await sleep(UPDATE_MS, undefined, { signal: over }).catch(() => undefined);
        }
      });
    } catch (error) {
      run.logger.debug({ err: error }, `the run's row waits for the database: ${messageOf(error)}`);
    }
    await sleep(UPDATE_MS / 2, undefined, { signal }).catch(() => undefined);
  }
}
