/** Workers: each stage goes on with what comes in, beside any number of other processes, until it is stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../errors.js';
import { scheduleSources } from '../ingest/index.js';
import { Bell } from './bell.js';
import type { RunContext } from './context.js';
import { storeNewDeadLetters } from './dead-letter-step.js';
import { applyCanonical, scorePortion } from './dedup-step.js';
import { arrivals, scores } from './floods.js';
import { harmonizeRaw } from './harmonize-step.js';
import { goldenConsumers } from './index-step.js';
import { Lull } from './lull.js';
import { drainPortion } from './master-step.js';
import type { PendingWork } from './pending.js';
import { pullSources } from './pull-step.js';
import { relayPortion } from './relay.js';

export const WORK_STAGES = ['ingest', 'harmonize', 'dedup', 'master', 'index'] as const;
export type WorkStage = (typeof WORK_STAGES)[number];

type Loop = [name: string, work: () => Promise<void>];

/** A pass over the whole corpus may take several times the patience; what it finds out is worth waiting for. */
const PASSES = 10;
/** After a failure. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Where others are at all there is to do. */
const SHORT_PAUSE_MS = 100;
const LONG_PAUSE_MS = 1000;

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
  const { database } = run.platform;
  const { patience } = run.config.assay.matching;
  const repeat = async (
    kinds: readonly (keyof PendingWork)[],
    portion: () => Promise<number>,
    lull?: Lull,
  ): Promise<void> => {
    for (let fruitless = 0; !run.signal.aborted; ) {
      const done = await (lull?.work(run.signal, portion) ?? drained(run.signal, portion));
      fruitless = done > 0 ? 0 : fruitless + 1;
      await bell.rings(kinds, run.signal);
      // There is work, but others are at it.
      if (fruitless > 1) await pause(Math.min(SHORT_PAUSE_MS * 2 ** (fruitless - 2), LONG_PAUSE_MS), run.signal);
    }
  };
  switch (stage) {
    case 'ingest':
      return [];
    case 'harmonize':
      return [['harmonize', () => harmonizeRaw(run)]];
    case 'dedup':
      return [
        ['apply', () => applyCanonical(run)],
        ['score', () => repeat(['expand', 'score'], () => scorePortion(run), new Lull(arrivals(database), patience))],
      ];
    case 'master':
      return [
        [
          'golden records',
          () =>
            repeat(
              ['components'],
              async () => (await drainPortion(run)).marks,
              new Lull(scores(database), patience * PASSES),
            ),
        ],
        ['relay', () => repeat(['outbox'], () => relayPortion(run))],
      ];
    case 'index':
      return [['dead letters', () => storeNewDeadLetters(run)], ...goldenConsumers(run)];
  }
}

/** Does one portion after the other until one comes to nothing, and tells how much was done. */
async function drained(signal: AbortSignal, portion: () => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = signal.aborted ? 0 : await portion();
    if (done === 0) return sum;
    sum += done;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function keepUp(
  { signal, logger, counters }: RunContext,
  name: string,
  loop: () => Promise<void>,
): Promise<void> {
  let wait = FIRST_WAIT_MS;
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
      if (performance.now() - started > LONGEST_WAIT_MS) wait = FIRST_WAIT_MS;
      await pause(wait * (0.5 + Math.random() / 2), signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
