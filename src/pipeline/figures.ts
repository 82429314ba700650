import { appliedOffset } from '../dedup/store/index.js';
import { AssayError } from '../errors.js';
import type { LagFigure, PlatformFigures } from '../observe/index.js';
import type { Platform } from '../platform/index.js';
import { TOPICS } from './context.js';
import { pendingWork } from './pending.js';

/** How long /metrics waits for a server: those who ask it give up after ten seconds. */
const PATIENCE_MS = 2000;

/** What /metrics shows of the platform: how servers answer, who answered lookups, and what waits. */
export function platformFigures(platform: Platform, patienceMs = PATIENCE_MS): PlatformFigures {
  return {
    servers: () => platform.guards(),
    cache: () => ({ ...platform.cache.stats() }),
    lag: inTime(() => consumerLag(platform), patienceMs),
    pending: inTime(async () => ({ ...(await pendingWork(platform.database)) }), patienceMs),
  };
}

/** One question at a time, which who asks waits for so long: one that is under way still counts what it finds of its server. */
function inTime<T>(ask: () => Promise<T>, ms: number): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return async () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new AssayError('NOT_READY', `no answer within ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** How far every consumer of the pipeline is behind. Dedup keeps its place in the store. */
export async function consumerLag({ log, database, servers, substitute }: Platform): Promise<LagFigure[]> {
  const groups: [topic: string, group: string][] = [
    [TOPICS.raw, 'harmonize'],
    [TOPICS.deadLetter, 'dead-letters'],
    [TOPICS.golden, 'search'],
  ];
  if (substitute !== undefined) groups.push([TOPICS.golden, 'search-substitute']);
  if (servers.cache) groups.push([TOPICS.golden, 'cache']);
  const lags: LagFigure[] = [];
  for (const [topic, group] of groups)
    for (const { partition, start, end, committed } of await log.positions(topic, group))
      lags.push({ topic, group, partition, lag: Math.max(0, end - Math.max(committed ?? start, start)) });
  for (const { partition, start, end } of await log.positions(TOPICS.canonical)) {
    const next = (await appliedOffset(database, TOPICS.canonical, partition)) ?? start;
    lags.push({ topic: TOPICS.canonical, group: 'dedup', partition, lag: Math.max(0, end - Math.max(next, start)) });
  }
  return lags;
}
