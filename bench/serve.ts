/**
 * Lookups and search over HTTP on the embedded platform: latencies, processor time, memory.
 * `node dist/bench/serve.js [records=100000] [requests=2000]`. Every request is another product or text, so that neither the
 * lookup cache nor the kept plans of searches answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { Counters, processResources } from '../src/observe/index.js';
import { createMemoryCache } from '../src/platform/cache/index.js';
import { type Database, openEmbeddedDatabase, runMigrations } from '../src/platform/database/index.js';
import { createDatabaseSearch, type Search } from '../src/platform/search/index.js';
import { buildApp, toSearchDocument } from '../src/serve/index.js';
import { askMany } from './measure/ask.js';
import { printPeak, stopwatch } from './measure/figures.js';
import { storeGolden } from './serve-golden.js';
import { goldenIdOf, queryOf, valuesOf } from './serve-records.js';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const PORTION = 2000;
const AT_ONCE = 1;

async function fill(database: Database, search: Search, records: number): Promise<void> {
  for (let from = 0; from < records; from += PORTION) {
    const goldens = await storeGolden(database, from, Math.min(PORTION, records - from));
    await search.index(goldens.map(toSearchDocument));
  }
}

/** Times of the requests in ms, `AT_ONCE` under way at a time. */
async function measure(requests: number, urlOf: (i: number) => string): Promise<number[]> {
  let next = 0;
  const ask = { requests, seconds: Number.POSITIVE_INFINITY, atOnce: AT_ONCE };
  const { times } = await askMany(() => urlOf(next++), ask);
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1).padStart(8);

async function main(): Promise<void> {
  const records = Number(process.argv[2] ?? 100_000);
  const requests = Number(process.argv[3] ?? 2000);
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-serve-'));
  const database = await openEmbeddedDatabase(join(folder, 'database'));
  await runMigrations(database, MIGRATIONS);
  const search = createDatabaseSearch(database);
  const cache = createMemoryCache();
  const app = await buildApp({
    database,
    search,
    cache,
    counters: new Counters(),
    logger: pino({ level: 'warn' }, pino.destination(2)),
    resolve: async () => ({ goldenId: null, probability: 0, stage: null, candidates: [] }),
    ready: () => ({ ready: true }),
    version: 'bench',
  });
  const started = performance.now();
  await fill(database, search, records);
  console.log(`${records} golden records stored and indexed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const record = (i: number) => (i * 7919) % records;
  const text = encodeURIComponent;
  const kinds: [string, (i: number) => string][] = [
    ['by id', (i) => `/v1/products/${goldenIdOf(record(i))}`],
    ['by GTIN', (i) => `/v1/products?gtin=${valuesOf(record(i)).gtins[0]}`],
    [
      'by brand and MPN',
      (i) => `/v1/products?brand=${text(valuesOf(record(i)).brand!)}&mpn=${valuesOf(record(i)).mpn}`,
    ],
    ['search', (i) => `/v1/search?q=${text(queryOf(record(i), i))}`],
    ['search, filtered', (i) => `/v1/search?q=${text(queryOf(record(i), i))}&colour=black&sort=price_asc`],
    ['suggest', (i) => `/v1/suggest?q=${text(valuesOf(record(i)).title.slice(0, 3 + (i % 9)))}`],
  ];
  console.log(
    `${requests} requests each, ${AT_ONCE} at a time; ms        p50      p95      p99      max   CPU ms each`,
  );
  for (const [name, pathOf] of kinds) {
    await measure(50, (i) => base + pathOf(requests + i));
    const watch = stopwatch();
    const times = await measure(requests, (i) => base + pathOf(i));
    const cpu = (watch().cpu * 1000) / requests;
    console.log(
      `${name.padEnd(36)} ${at(times, 0.5)} ${at(times, 0.95)} ${at(times, 0.99)} ${at(times, 1)} ${cpu.toFixed(1).padStart(12)}`,
    );
  }
  console.log(`CPU ${processResources().cpuSeconds.toFixed(1)} s, database in process`);
  printPeak();
  await app.close();
  await cache.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

await main();
