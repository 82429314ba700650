/**
 * From a change of a feed to its being seen in lookup and in search, on servers with `assay serve` and a worker that have nothing
 * else to do: one change after the other. `npm run bench:latency -- [--changes 300] [--base 10000] [--workers 1]`; servers: those of
 * ASSAY_TEST_*, or a set of its own.
 *
 * Every change is a feed of one row: in turn another price of a listing that is there, and a product that is new. Two clocks:
 * `pull` starts when the pull of the feed begins, `raw` when the brokers have acknowledged the record. Both stop at the first answer
 * over HTTP that shows the change, asked for every 5 ms (lookup by source and id) and 10 ms (search by model).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Seen, whenSeen } from './latency/seen.js';
import { count, numberOption } from './measure/figures.js';
import { SPREAD, spread } from './measure/spread.js';
import { listingOf, listingsFrom, writeConfig, writeFeeds } from './servers/feeds.js';
import { type BenchProcess, runAssay, startAssay } from './servers/process.js';
import { openPuller } from './servers/pull.js';
import { type BenchServers, benchServers } from './servers/set.js';
import { benchWorld } from './servers/world.js';

/** Changes that are made before the clock counts. */
const WARM_UP = 20;
const PAUSE_MS = 100;
const SOURCE = 'alpha';

async function measure(servers: BenchServers, folder: string): Promise<void> {
  const changes = numberOption('--changes', 300);
  const base = numberOption('--base', 10_000);
  const fleet = numberOption('--workers', 1);
  const config = writeConfig(folder, 4);
  const { listings, next } = listingsFrom(0, base);
  writeFeeds(folder, listings);
  const world = await benchWorld(servers, folder);
  const started: BenchProcess[] = [];
  try {
    await runAssay(['run', '--no-report', '--config', config], world.env);
    await world.database.query('analyze');
    const puller = await openPuller(config, world.env);
    try {
      for (let i = 0; i < fleet; i++)
        started.push(await startAssay(`worker ${i + 1}`, ['work', '--config', config], world.env));
      const api = await startAssay('api', ['serve', '--config', config], world.env);
      started.push(api);
      await sleep(3000);
      console.log(`servers: ${servers.told}; ${count(base)} records there, ${fleet} worker(s), ${changes} changes`);
      const old = listings.filter(({ source }) => source === SOURCE);
      const seen: Seen[] = [];
      for (let i = 0; i < WARM_UP + changes; i++) {
        const n = i % 2 === 0 ? Number(old[(i * 7919) % old.length]!.id) : next + i;
        const listing = listingOf(n, SOURCE, i % 2 === 0 ? 1 + i : 0);
        writeFeeds(folder, [listing]);
        const one = await whenSeen(api.address, listing, () => puller.pull([SOURCE]));
        if (i >= WARM_UP) seen.push(one);
        await sleep(PAUSE_MS);
      }
      tell(seen, started);
      for (const one of started) await one.stop();
    } finally {
      await puller.close();
    }
  } finally {
    await world.destroy();
  }
}

function tell(seen: readonly Seen[], processes: readonly BenchProcess[]): void {
  console.log(`${'ms'.padEnd(34)}${SPREAD}`);
  const line = (name: string, times: readonly number[]): void => console.log(`${name.padEnd(34)}${spread(times, 0)}`);
  line(
    'pull itself (feed to raw)',
    seen.map(({ raw }) => raw),
  );
  line(
    'from raw to lookup',
    seen.map(({ lookup, raw }) => lookup - raw),
  );
  line(
    'from raw to search',
    seen.map(({ search, raw }) => search - raw),
  );
  line(
    'from pull to lookup',
    seen.map(({ lookup }) => lookup),
  );
  line(
    'from pull to search',
    seen.map(({ search }) => search),
  );
  for (const { name, cpu, peak } of processes)
    console.log(`${name}: ${cpu().toFixed(1)} CPU s since its start, ${peak().toFixed(0)} MB at most`);
}

const servers = await benchServers();
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-latency-'));
try {
  await measure(servers, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
}
