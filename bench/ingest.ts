/**
 * CSV feeds into the durable log: records a CPU second and peak memory of the process, without a database.
 * `node dist/bench/ingest.js [--records N]`; needs the workload generator in ASSAY_BENCH (default ../shared/bench).
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type PullResult, pullSource } from '../src/ingest/index.js';
import { Counters } from '../src/observe/counters.js';
import type { Database } from '../src/platform/database/port.js';
import { openFileLog } from '../src/platform/log/index.js';
import { feedNames, withFeeds } from './measure/feeds.js';
import { count, numberOption, printPeak, rate, stopwatch } from './measure/figures.js';

/** The bench leaves the database out: the state of the sources is kept here for the length of the run. */
const states = new Map<string, unknown>();
const stateOnly = {
  async query(text: string, params: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    const source = String(params[0]);
    if (text.startsWith('select state')) return states.has(source) ? [{ state: states.get(source) }] : [];
    if (text.startsWith('insert into source_state')) states.set(source, JSON.parse(String(params[1])));
    return [];
  },
} as unknown as Database;

const AIM = 100_000;
const LIMIT_MB = 500;

await withFeeds('ingest', numberOption('--records', 1_000_000), measure);

async function measure(scratch: string, feeds: string): Promise<void> {
  const log = await openFileLog(join(scratch, 'log'), { segmentBytes: 67_108_864, fsync: 'batch' });
  await log.createTopics([
    { name: 'raw', partitions: 4, compact: true },
    { name: 'dead-letter', partitions: 4, compact: false },
  ]);
  const pull = (name: string): Promise<PullResult> =>
    pullSource(
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
        database: stateOnly,
        counters: new Counters(),
        dataDir: scratch,
        roots: [feeds],
        signal: new AbortController().signal,
        env: {},
      },
    );
  for (const [label, expected] of [
    ['first pull', 'new'],
    ['unchanged ', 'unchanged'],
  ] as const) {
    let total = 0;
    let megabytes = 0;
    const watch = stopwatch();
    for (const name of feedNames(feeds)) {
      const result = await pull(name);
      if (result.received !== result[expected]) throw new Error(`${name}: ${JSON.stringify(result)}`);
      total += result.received;
      megabytes += statSync(join(feeds, `${name}.csv`)).size / 1e6;
    }
    const { wall, cpu } = watch();
    console.log(
      `csv to log, ${label}: ${count(total)} records, ${megabytes.toFixed(0)} MB, ${wall.toFixed(2)} s wall, ${rate(total, cpu, AIM)}`,
    );
  }
  printPeak(LIMIT_MB);
  await log.close();
}
