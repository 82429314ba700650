import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../errors.js';
import type { RunContext } from './context.js';

/** How long a run waits in a step for a server that is away; workers wait for ever. Adapters have waited before. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Does a step of a run again while a server is away, which the run's notices tell. What the step had finished stays so: every
 * step takes up where it was cut off. Only what it had counted for the summary is lost.
 *
 * @throws AssayError PLATFORM_UNAVAILABLE when the server stayed away for too long
 */
export async function outlive<T>(
  run: Pick<RunContext, 'signal' | 'notices' | 'logger'>,
  step: string,
  work: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  let deadline: number | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      deadline ??= performance.now() + patienceMs;
      const away = error instanceof AssayError && error.code === 'PLATFORM_UNAVAILABLE';
      if (!away || run.signal.aborted || performance.now() > deadline) throw error;
      run.notices.add({
        source: step,
        code: 'STEP_AGAIN',
        message: `begun again, without its counts so far: ${messageOf(error)}`,
      });
      run.logger.warn({ err: error, step }, `${step} goes on in a moment: ${messageOf(error)}`);
      await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal: run.signal }).catch(() => undefined);
    }
  }
}
