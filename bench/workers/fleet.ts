import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerName } from '../../scripts/servers/index.mjs';
import type { Database } from '../../src/platform/database/index.js';
import { type BenchProcess, startAssay } from '../servers/process.js';
import { openPuller } from '../servers/pull.js';
import type { BenchServers } from '../servers/set.js';
import type { BenchWorld } from '../servers/world.js';
import { type Watched, watchUntilSettled } from './watch.js';

const STAGES = ['harmonize', 'dedup', 'master', 'index'];
/** How long workers are watched with nothing to do. */
const IDLE_MS = 3000;

export interface FleetOptions {
  world: BenchWorld;
  servers: BenchServers;
  config: string;
  records: number;
  /** Folder for a CPU profile of each worker; empty: none. */
  profile: string;
}

export interface FleetFigures extends Watched {
  fleet: string;
  records: number;
  /** Share of a core that a worker uses with nothing to do, the mean of all. */
  calm: number;
  pull: { cpu: number; seconds: number };
  workers: { name: string; cpu: number; peak: number }[];
  servers: Partial<Record<ServerName, number>>;
  /** What was done, of which some again: records rescored, golden records written, by the workers' counters. */
  rescored: number;
  written: number;
  goldenRecords: number;
  /** Fingerprint of who belongs together and of all values. */
  answer: string;
}

/** @param fleet a number of workers for all stages, or `stages`: one worker for each */
export async function measureFleet(fleet: string, options: FleetOptions): Promise<FleetFigures> {
  const { world, servers, config, records, profile } = options;
  // The base came through another namespace, whose topics had other offsets.
  await world.database.query('delete from consumer_offset');
  await world.database.query('delete from source_state');
  await world.database.query('analyze');
  const puller = await openPuller(config, world.env);
  const workers: BenchProcess[] = [];
  try {
    const kinds = fleet === 'stages' ? STAGES : Array.from({ length: Number(fleet) }, () => 'all');
    for (const [at, kind] of kinds.entries()) {
      const name = kind === 'all' ? `worker ${at + 1}` : kind;
      const flags = profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profile, fleet, name)}`];
      if (profile !== '') mkdirSync(join(profile, fleet, name), { recursive: true });
      workers.push(await startAssay(name, ['work', '--stage', kind, '--config', config], world.env, flags));
    }
    await sleep(IDLE_MS);
    const ready = workers.map((worker) => worker.ready());
    const used = workers.map((worker) => worker.cpu());
    await sleep(IDLE_MS);
    const idle = workers.map((worker, at) => (worker.ready() - ready[at]!) / (IDLE_MS / 1000));
    const before = workers.map((worker) => worker.cpu());
    const calm = before.reduce((sum, cpu, at) => sum + cpu - used[at]!, 0) / workers.length / (IDLE_MS / 1000);
    const serversBefore = servers.cpu();
    const started = performance.now();
    const pulled = puller.pull();
    const watched = await watchUntilSettled({ platform: puller.platform, workers, idle, started, pulled, records });
    const pull = await pulled;
    if (pull.received !== records) throw new Error(`${pull.received} records were pulled, not ${records}`);
    const after = servers.cpu();
    const figures = {
      ...watched,
      fleet,
      records,
      calm,
      pull,
      workers: workers.map((worker, at) => ({
        name: worker.name,
        cpu: worker.cpu() - before[at]!,
        peak: worker.peak(),
      })),
      servers: Object.fromEntries(
        Object.entries(after).map(([name, cpu]) => [name, cpu - (serversBefore[name as ServerName] ?? 0)]),
      ),
      ...(await answerOf(world.database)),
    };
    for (const worker of workers) await worker.stop();
    return { ...figures, ...(await doneBy(world.database)) };
  } finally {
    await puller.close();
  }
}

async function doneBy(database: Database): Promise<{ rescored: number; written: number }> {
  const [row] = await database.query<{ rescored: number; written: number }>(
    `select coalesce(sum((c->>'count')::int) filter (where c->>'outcome' = 'rescored'), 0)::int as rescored,
      coalesce(sum((c->>'count')::int) filter (where c->>'step' = 'master' and c->>'outcome' in ('created', 'changed')), 0)::int
        as written
    from run cross join lateral jsonb_array_elements(counters) c where kind like 'work %'`,
  );
  return row!;
}

async function answerOf(database: Database): Promise<{ goldenRecords: number; answer: string }> {
  const hash = createHash('sha256');
  let goldenRecords = 0;
  const rows = database.batches<{ text: string }>(
    `select members::text || "values"::text as text from golden_record order by members::text`,
    [],
    5000,
  );
  for await (const batch of rows)
    for (const { text } of batch) {
      hash.update(text);
      goldenRecords++;
    }
  return { goldenRecords, answer: hash.digest('hex').slice(0, 16) };
}
