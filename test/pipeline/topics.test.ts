import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.js';
import { topicsOf } from '../../src/pipeline/topics.js';
import { configFolder } from '../config/folder.js';

it('gives the brokers what the configuration says of the log', async () => {
  const folder = configFolder({
    'assay.yaml': 'log: {partitions: 3, compaction_lag: 2h, dead_letter_retention: 10d}\n',
  });
  const topics = topicsOf(await loadConfig(folder, { KAFKA_BROKERS: '127.0.0.1:9092' }));
  const compacted = { partitions: 3, compact: true, compactionLagMs: 7_200_000 };
  expect(topics).toEqual([
    { name: 'raw', ...compacted },
    { name: 'canonical', ...compacted },
    { name: 'golden', ...compacted },
    { name: 'dead-letter', partitions: 1, compact: false, retentionMs: 864_000_000 },
  ]);
  const inFiles = topicsOf(await loadConfig(folder, {}));
  expect(inFiles.at(-1)).toEqual({ name: 'dead-letter', partitions: 1, compact: false });
});
