/**
 * Lookups by golden id over HTTP, by what answers them: memory of the process, Redis, Postgres; and the embedded platform beside
 * them. `npm run bench:lookups -- [--records 20000] [--requests 4000] [--seconds 10]`; servers: those of ASSAY_TEST_*, or a set of
 * its own. `assay serve` runs in a process of its own on 127.0.0.1; who answered is read from its /metrics.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase, runMigrations } from '../src/platform/database/index.js';
import { answeredBy } from './lookups/levels.js';
import { askMany } from './measure/ask.js';
import { count, numberOption } from './measure/figures.js';
import { SPREAD, spread } from './measure/spread.js';
import { storeGolden } from './serve-golden.js';
import { goldenIdOf } from './serve-records.js';
import { writeConfig } from './servers/feeds.js';
import { type BenchProcess, startAssay } from './servers/process.js';
import { type BenchServers, benchServers } from './servers/set.js';
import { benchWorld } from './servers/world.js';

const PORTION = 2000;
/** Ids that are asked for again and again, and the memory of a process that cannot hold them. */
const REPEATED = 1000;
const SMALL_MEMORY = 100;
const MANY = 16;

const records = numberOption('--records', 20_000);
const requests = numberOption('--requests', 4000);
const seconds = numberOption('--seconds', 10);

async function fill(database: Parameters<typeof storeGolden>[0]): Promise<void> {
  await runMigrations(database);
  for (let from = 0; from < records; from += PORTION)
    await storeGolden(database, from, Math.min(PORTION, records - from));
  await database.query('analyze golden_record');
}

interface Case {
  name: string;
  /** Ids that were never asked for, or the same ones in turn. */
  fresh: boolean;
}

async function measure(api: BenchProcess, { name, fresh }: Case): Promise<void> {
  let next = 0;
  const id = (): string => goldenIdOf(fresh ? (next++ * 7919 + 13) % records : (next++ % REPEATED) * 7);
  const url = (): string => `${api.address}/v1/products/${id()}`;
  // Code and connections are warm, and what is asked again was asked once.
  await askMany(url, { requests: fresh ? 200 : 2 * REPEATED, seconds: 60, atOnce: 4 });
  for (const atOnce of [1, MANY]) {
    const most = fresh ? Math.min(requests, Math.floor((records - next) / (atOnce === 1 ? 2 : 1)) - MANY) : requests;
    const levels = await answeredBy(api.address);
    const cpu = api.cpu();
    const { times, wall } = await askMany(url, { requests: most, seconds, atOnce });
    const used = api.cpu() - cpu;
    console.log(
      `${`${name}, ${atOnce} at once`.padEnd(38)}${count(times.length / wall).padStart(9)}${spread(times, 2)}` +
        `${((used / times.length) * 1000).toFixed(2).padStart(9)}  ${levels(await answeredBy(api.address))}`,
    );
  }
}

async function onServers(servers: BenchServers, folder: string): Promise<void> {
  const world = await benchWorld(servers, folder);
  const serve = (entries: number): Promise<BenchProcess> =>
    startAssay('api', ['serve', '--config', writeConfig(folder, 4, `cache: {entries: ${entries}}\n`)], world.env);
  try {
    await fill(world.database);
    const large = await serve(records);
    await measure(large, { name: 'memory', fresh: false });
    await measure(large, { name: 'Postgres (in no cache)', fresh: true });
    console.log(`  peak memory of the process ${large.peak().toFixed(0)} MB`);
    await large.stop();
    const small = await serve(SMALL_MEMORY);
    await measure(small, { name: 'Redis', fresh: false });
    console.log(`  peak memory of the process ${small.peak().toFixed(0)} MB`);
    await small.stop();
  } finally {
    await world.destroy();
  }
}

async function embedded(folder: string): Promise<void> {
  const config = writeConfig(folder, 4);
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const database = await openEmbeddedDatabase(join(data, 'database'));
  await fill(database);
  await database.close();
  const env = { ASSAY_DATA_DIR: data };
  const api = await startAssay('api', ['serve', '--no-run', '--no-schedule', '--config', config], env);
  await measure(api, { name: 'embedded, memory', fresh: false });
  await measure(api, { name: 'embedded, database (in no cache)', fresh: true });
  console.log(`  peak memory of the process ${api.peak().toFixed(0)} MB (database in process)`);
  await api.stop();
}

const servers = await benchServers();
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-lookups-'));
try {
  console.log(
    `servers: ${servers.told}; ${count(records)} golden records, at most ${requests} requests and ${seconds} s`,
  );
  console.log(`${''.padEnd(38)}${'1/s'.padStart(9)}${SPREAD}${'CPU ms'.padStart(9)}  answered by   (ms)`);
  await onServers(servers, join(folder, 'servers'));
  await embedded(join(folder, 'embedded'));
} finally {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
}
