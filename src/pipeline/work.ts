/** Workers: each stage goes on with what comes in, beside any number of other processes, until it is stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../errors.js';
import { scheduleSources } from '../ingest/index.js';
import { Bell } from './bell.js';
import type { RunContext } from './context.js';
import { storeNewDeadLetters } from './dead-letter-step.js';
import { applyCanonical, expandMarks, scorePortion } from './dedup-step.js';
import { harmonizeRaw } from './harmonize-step.js';
import { goldenConsumers } from './index-step.js';
import { drainPortion } from './master-step.js';
import type { PendingWork } from './pending.js';
import { pullSources } from './pull-step.js';
import { relayPortion } from './relay.js';

export const WORK_STAGES = ['ingest', 'harmonize', 'dedup', 'master', 'index'] as const;
export type WorkStage = (typeof WORK_STAGES)[number];

type Loop = [name: string, work: () => Promise<void>];

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Runs the stages until the signal; resolves when all have stopped at a clean place. A loop that fails – a server is away, a
 * contract stops its source – is told, waits, and begins again where it had stopped; waits grow up to ten seconds.
 */
export async function runWorkers(run: RunContext, stages: readonly WorkStage[]): Promise<void> {
  const bell = new Bell(run.platform.database);
  const loops = stages.flatMap((stage) => loopsOf(run, stage, bell));
  if (stages.includes('ingest'))
    await scheduleSources(run.platform.schedule, run.config.sources, async (source, signal) => {
      await pullSources({ ...run, signal: AbortSignal.any([run.signal, signal]) }, [source]);
    });
  await Promise.all([stopped(run.signal), ...loops.map(([name, loop]) => keepUp(run, name, loop))]);
}

function loopsOf(run: RunContext, stage: WorkStage, bell: Bell): Loop[] {
  const repeat = (kinds: readonly (keyof PendingWork)[], portion: () => Promise<number>): Promise<void> =>
    portions(run.signal, portion, () => bell.rings(kinds, run.signal));
  switch (stage) {
    case 'ingest':
      return [];
    case 'harmonize':
      return [['harmonize', () => harmonizeRaw(run)]];
    case 'dedup':
      return [
        ['apply', () => applyCanonical(run)],
        ['score', () => repeat(['expand', 'score'], async () => (await expandMarks(run)) + (await scorePortion(run)))],
      ];
    case 'master':
      return [
        ['golden records', () => repeat(['components'], async () => (await drainPortion(run)).marks)],
        ['relay', () => repeat(['outbox'], () => relayPortion(run))],
      ];
    case 'index':
      return [['dead letters', () => storeNewDeadLetters(run)], ...goldenConsumers(run)];
  }
}

/** Does one portion after the other, and waits where there is none. */
async function portions(
  signal: AbortSignal,
  portion: () => Promise<number>,
  somethingToDo: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) if ((await portion()) === 0) await somethingToDo();
}

async function keepUp(
  { signal, logger, counters }: RunContext,
  name: string,
  loop: () => Promise<void>,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const started = performance.now();
    try {
      await loop();
      // A loop that follows the log ends only by the signal.
      if (!signal.aborted) throw new AssayError('INTERNAL', `${name} ended by itself`);
    } catch (error) {
      if (signal.aborted) return;
      counters.add('worker', name, `failed:${error instanceof AssayError ? error.code : 'INTERNAL'}`);
      logger.warn({ err: error, stage: name }, `${name} goes on in a moment: ${messageOf(error)}`);
      if (performance.now() - started > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
      await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
