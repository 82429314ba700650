import type { Config } from '../config/index.js';
import type { Log } from '../platform/log/port.js';
import { TOPICS } from './context.js';

/** Creates the topics. `raw` and `canonical` have the same partition count, so that a record has one place in both. */
export async function createTopics(log: Log, config: Config): Promise<void> {
  const { partitions, compactionLag } = config.assay.log;
  const compacted = { partitions, compact: true, compactionLagMs: compactionLag };
  await log.createTopics([
    { name: TOPICS.raw, ...compacted },
    { name: TOPICS.canonical, ...compacted },
    { name: TOPICS.golden, ...compacted },
    { name: TOPICS.deadLetter, partitions: 1, compact: false },
  ]);
}
