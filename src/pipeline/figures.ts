import { appliedOffset } from '../dedup/store/index.js';
import type { LagFigure, PlatformFigures } from '../observe/index.js';
import type { Platform } from '../platform/index.js';
import { TOPICS } from './context.js';
import { pendingWork } from './pending.js';

/** What /metrics shows of the platform: how servers answer, who answered lookups, and what waits. */
export function platformFigures(platform: Platform): PlatformFigures {
  return {
    servers: () => platform.guards(),
    cache: () => ({ ...platform.cache.stats() }),
    lag: () => consumerLag(platform),
    pending: async () => ({ ...(await pendingWork(platform.database)) }),
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
