import type { Config } from '../config/index.js';
import type { Log, TopicSpec } from '../platform/log/port.js';
import { TOPICS } from './context.js';

/** The topics as the configuration wants them. `raw` and `canonical` have the same partition count, so that a record has one place in both. */
export function topicsOf({ assay: { log, platform } }: Pick<Config, 'assay'>): TopicSpec[] {
  const compacted = { partitions: log.partitions, compact: true, compactionLagMs: log.compactionLag };
  // In files dead letters stay until the store drops them.
  const kept = platform.kafkaBrokers.length > 0 ? { retentionMs: log.deadLetterRetention } : {};
  return [
    { name: TOPICS.raw, ...compacted },
    { name: TOPICS.canonical, ...compacted },
    { name: TOPICS.golden, ...compacted },
    { name: TOPICS.deadLetter, partitions: 1, compact: false, ...kept },
  ];
}

export async function createTopics(log: Log, config: Config): Promise<void> {
  await log.createTopics(topicsOf(config));
}
