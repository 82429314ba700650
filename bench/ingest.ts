/**
 * CSV feeds into the durable log: records a CPU second and peak memory of the process, without a database.
 * `node dist/bench/ingest.js [--records N] [--keep]`; needs the workload generator in ASSAY_BENCH (default ../shared/bench).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PullResult, pullSource } from '../src/ingest/index.js';
import { Counters } from '../src/observe/counters.js';
import type { Database } from '../src/platform/database/port.js';
import { openFileLog } from '../src/platform/log/index.js';

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
const bench = resolve(process.env.ASSAY_BENCH ?? '../shared/bench');
const generator = join(bench, 'gen_products.py');
const at = process.argv.indexOf('--records');
const records = at > 0 ? Number(process.argv[at + 1]) : 1_000_000;

if (!existsSync(generator)) {
  console.log(`not measured: there is no workload generator at ${generator} (set ASSAY_BENCH)`);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-bench-ingest-'));
  try {
    await measure(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function measure(scratch: string): Promise<void> {
  const feeds = join(scratch, 'feeds');
  const made = spawnSync('python3', [generator, '--records', String(records), '--seed', '1', '--out', feeds], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (made.status !== 0) {
    console.log('not measured: the workload could not be generated (python3 with numpy is needed)');
    return;
  }
  const log = await openFileLog(join(scratch, 'log'), { segmentBytes: 67_108_864, fsync: 'batch' });
  await log.createTopics([
    { name: 'raw', partitions: 4, compact: true },
    { name: 'dead-letter', partitions: 4, compact: false },
  ]);
  const sources = readdirSync(feeds)
    .filter((file) => /^source_.*\.csv$/.test(file))
    .sort();
  const pull = (file: string): Promise<PullResult> =>
    pullSource(
      {
        name: file.slice(0, -4),
        connector: { type: 'csv', path: file },
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
    const wall = performance.now();
    const cpu = process.cpuUsage();
    for (const file of sources) {
      const result = await pull(file);
      if (result.received !== result[expected]) throw new Error(`${file}: ${JSON.stringify(result)}`);
      total += result.received;
      megabytes += statSync(join(feeds, file)).size / 1e6;
    }
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (user + system) / 1e6;
    const rate = Math.round(total / seconds);
    console.log(
      `csv to log, ${label}: ${total.toLocaleString('en')} records, ${megabytes.toFixed(0)} MB, ` +
        `${((performance.now() - wall) / 1000).toFixed(2)} s wall, ${seconds.toFixed(2)} CPU s, ` +
        `${rate.toLocaleString('en')} records a CPU second (aim ${AIM.toLocaleString('en')})`,
    );
  }
  console.log(`peak memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB (limit 500)`);
  await log.close();
}
