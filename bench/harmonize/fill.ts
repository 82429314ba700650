import { pullSource } from '../../src/ingest/index.js';
import { Counters } from '../../src/observe/counters.js';
import type { Database } from '../../src/platform/database/port.js';
import { openFileLog } from '../../src/platform/log/index.js';
import { feedNames } from '../measure/feeds.js';

/** The bench leaves the database out: a first pull finds no state, and nobody reads what it leaves. */
const noState = { query: async () => [] } as unknown as Database;

/** Pulls every `source_*.csv` of a folder into the raw topic of a new log. */
export async function fillRawLog(feeds: string, folder: string): Promise<void> {
  const log = await openFileLog(folder, { segmentBytes: 67_108_864, fsync: 'batch' });
  await log.createTopics([
    { name: 'raw', partitions: 4, compact: true },
    { name: 'canonical', partitions: 4, compact: true },
    { name: 'dead-letter', partitions: 4, compact: false },
  ]);
  for (const name of feedNames(feeds)) {
    await pullSource(
      {
        name,
        connector: { type: 'csv', path: `${name}.csv` },
        contract: 'products_v1',
        feed: 'full',
        withdraw: { policy: 'withdraw', maxShare: 0.3 },
        key: 'id',
        updatedAt: 'updated_at',
      },
      {
        log,
        database: noState,
        counters: new Counters(),
        dataDir: folder,
        roots: [feeds],
        signal: new AbortController().signal,
        env: {},
      },
    );
  }
  await log.close();
}
