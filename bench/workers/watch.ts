import { setTimeout as sleep } from 'node:timers/promises';
import { consumerLag } from '../../src/pipeline/figures.js';
import { pendingWork } from '../../src/pipeline/pending.js';
import type { Platform } from '../../src/platform/index.js';
import type { BenchProcess } from '../servers/process.js';

const EVERY_MS = 500;
/**
 * A worker that is ready for no more of the time than this above what it is with nothing to do has done nothing. Time in which
 * it was ready but others had the cores is not its idleness.
 */
const NOTHING = 0.02;

export interface WatchOptions {
  platform: Platform;
  workers: readonly BenchProcess[];
  /** Share of the time that each worker is ready with nothing to do. */
  idle: readonly number[];
  started: number;
  pulled: Promise<unknown>;
  records: number;
}

export interface Watched {
  seconds: number;
  /** When each queue was last seen with something in it, in seconds. */
  until: Record<string, number>;
  /** Worker-seconds while partitions had lag, and those of them in which the worker did nothing. */
  lag: { seconds: number; idle: number };
  /** The same while there was work of any kind. */
  work: { seconds: number; idle: number };
}

/** Looks at the queues and the workers twice a second until two looks find nothing left. */
export async function watchUntilSettled(options: WatchOptions): Promise<Watched> {
  const { platform, workers, idle, started, pulled } = options;
  const until: Record<string, number> = {};
  const lag = { seconds: 0, idle: 0 };
  const work = { seconds: 0, idle: 0 };
  let pulling = true;
  pulled.then(
    () => {
      pulling = false;
    },
    () => undefined,
  );
  let ready = workers.map((worker) => worker.ready());
  let last = performance.now();
  for (let calm = 0, settled = 0; calm < 2; ) {
    const before = await queues(platform);
    await Promise.race([sleep(EVERY_MS), pulling ? pulled.then(() => sleep(EVERY_MS)) : sleep(EVERY_MS)]);
    const now = performance.now();
    const span = (now - last) / 1000;
    const used = workers.map((worker) => worker.ready());
    const nothing = used.filter((seconds, at) => (seconds - ready[at]!) / span < idle[at]! + NOTHING).length;
    const after = await queues(platform);
    const waiting = (names: readonly string[]): boolean => names.some((name) => before[name]! > 0 && after[name]! > 0);
    if (waiting(['raw', 'canonical'])) add(lag, span, workers.length, nothing);
    if (waiting(Object.keys(after))) add(work, span, workers.length, nothing);
    for (const [name, count] of Object.entries(after)) if (count > 0) until[name] = (now - started) / 1000;
    const over = !pulling && Object.values(after).every((count) => count === 0);
    if (over && calm === 0) settled = now;
    calm = over ? calm + 1 : 0;
    if (calm === 2) return { seconds: (settled - started) / 1000, until, lag, work };
    ready = used;
    last = now;
  }
  throw new Error('unreachable');
}

function add(sum: { seconds: number; idle: number }, span: number, workers: number, nothing: number): void {
  sum.seconds += span * workers;
  sum.idle += span * nothing;
}

/** What waits, by kind: messages of each topic, marks, events. */
async function queues(platform: Platform): Promise<Record<string, number>> {
  const [lags, pending] = await Promise.all([consumerLag(platform), pendingWork(platform.database)]);
  const waits: Record<string, number> = { raw: 0, canonical: 0 };
  for (const { topic, group, lag } of lags) {
    const name = topic === 'golden' ? `golden ${group}` : topic;
    waits[name] = (waits[name] ?? 0) + lag;
  }
  return { ...waits, ...pending };
}
