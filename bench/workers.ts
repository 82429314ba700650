/**
 * Records a second through Kafka into golden records, by 1, 2 and 4 `assay work` processes and by one process a stage, on a
 * store that holds a base of records already. `npm run bench:workers -- [--records 20000] [--base 20000] [--fleets 1,2,4,stages]
 * [--profile FOLDER]`; servers: those of ASSAY_TEST_*, or a set of its own.
 *
 * The clock runs from the beginning of the pull until nothing waits anywhere: no lag on Kafka, no marks, all golden records in the
 * search indices. CPU seconds are those of the workers since they stood ready; pull and servers are told apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, numberOption } from './measure/figures.js';
import { listingsFrom, writeConfig, writeFeeds } from './servers/feeds.js';
import { runAssay } from './servers/process.js';
import { type BenchServers, benchServers } from './servers/set.js';
import { benchWorld } from './servers/world.js';
import { type FleetFigures, measureFleet } from './workers/fleet.js';
import { tellFleet, tellScaling } from './workers/tell.js';

const PARTITIONS = 4;
const textOption = (name: string, otherwise: string): string =>
  process.argv.includes(`--${name}`) ? String(process.argv[process.argv.indexOf(`--${name}`) + 1]) : otherwise;

async function measure(servers: BenchServers, folder: string): Promise<void> {
  const records = numberOption('--records', 20_000);
  const base = numberOption('--base', 20_000);
  const profile = textOption('profile', '');
  const config = writeConfig(folder, PARTITIONS);
  const { listings, next } = listingsFrom(0, base);
  writeFeeds(folder, listings);
  const origin = await benchWorld(servers, folder);
  const started = performance.now();
  await runAssay(['run', '--no-report', '--config', config], origin.env);
  const seconds = (performance.now() - started) / 1000;
  await origin.database.close();
  console.log(
    `servers: ${servers.told}; ${PARTITIONS} partitions a topic\n` +
      `base of ${count(base)} records by one assay run: ${seconds.toFixed(1)} s, ${count(base / seconds)} records/s; ` +
      `then ${count(records)} new ones`,
  );
  writeFeeds(folder, listingsFrom(next, records).listings);
  const all: FleetFigures[] = [];
  try {
    for (const fleet of textOption('fleets', '1,2,4,stages').split(',')) {
      const world = await benchWorld(servers, folder, origin.name);
      try {
        const figures = await measureFleet(fleet, { world, servers, config, records, profile });
        tellFleet(figures);
        all.push(figures);
      } finally {
        await world.destroy();
      }
    }
  } finally {
    await origin.destroy();
  }
  tellScaling(all);
}

const servers = await benchServers();
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-workers-'));
try {
  await measure(servers, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
}
