import { setTimeout as sleep } from 'node:timers/promises';
import { Counters, processResources, resourcesSince } from '../observe/index.js';
import type { PipelineContext, RunContext } from './context.js';
import { announceContracts } from './contracts-step.js';
import { Notices } from './notices.js';
import { beginRun, endRun, updateRun } from './run-record.js';
import { holdRun } from './run-right.js';
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
  await announceContracts(context);
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
function tellUntil(run: RunContext, signal: AbortSignal): Promise<void> {
  return holdRun(run, signal, async (over) => {
    while (!over.aborted) {
      await updateRun(run);
      await sleep(UPDATE_MS, undefined, { signal: over }).catch(() => undefined);
    }
  });
}
