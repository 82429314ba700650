/**
 * One answer from many workers: four with connections of their own apply one catalogue's changes, score and resolve at the
 * same time, while connections are ended under them. Edges and golden records are those of one worker that nobody disturbs.
 */
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { Model } from '../../src/dedup/index.js';
import { refreshSnapshot } from '../../src/dedup/store/index.js';
import { forgetRecord } from '../../src/master/index.js';
import { openPostgres, runMigrations } from '../../src/platform/database/index.js';
import type { Database } from '../../src/platform/database/port.js';
import type { CanonicalEvent } from '../support/canonical.js';
import { type Catalogue, catalogue } from '../support/catalogue.js';
import { Reconciler, testModel } from '../support/reconcile.js';
import { seeded, shuffled } from '../support/seeded.js';
import { freshDatabase } from '../support/servers.js';
import { hesitant } from './hesitant.js';
import { partitioned, patiently, StreamWorker } from './same-answer-fleet.js';

const WORKERS = 4;
/** Small caps, so that some blocks are cut and some cross the cap on the way. */
const model = testModel((json) => {
  (json.blocking as { cap: number }).cap = 12;
});
/** Short lists besides, so that most arrivals push somebody out of most lists, or just do not. */
const shortLists = testModel((json) => {
  Object.assign(json.blocking as object, { cap: 12, identifierCap: 8, candidates: 3 });
});
const unique = new Set(['alpha']);

const opened: { close: () => Promise<void> }[] = [];
const dropped: (() => Promise<void>)[] = [];

async function openStore(): Promise<{ url: string; database: Database }> {
  const { url, drop } = await freshDatabase();
  dropped.push(drop);
  const database = await openPostgres({ url });
  opened.push(database);
  await runMigrations(database);
  return { url, database };
}

/** Workers hesitate between statements, each in its own way, so that others overtake them in the middle of something. */
async function connect(url: string, worker: number, seed: number): Promise<Database> {
  const database = await openPostgres({ url, poolSize: 2 });
  opened.push(database);
  return hesitant(database, seed * 10 + worker, 0.05 + 0.05 * worker, 15 * (worker + 1));
}

/** Twice as much happens to the records as in a catalogue's own changes. */
function changesOf(seed: number, world: Catalogue): CanonicalEvent[] {
  const later = catalogue(seed + 100).changes.map((event) => ({ ...event, timestamp: event.timestamp + 1000 }));
  return [...world.changes, ...later];
}

afterAll(async () => {
  for (const one of opened) await one.close();
  for (const drop of dropped) await drop();
});

interface Answer {
  edges: string[];
  golden: string[];
}

async function answerOf(database: Database, model: Model): Promise<Answer> {
  const reader = new Reconciler(database, model, unique);
  return { edges: await reader.edges(), golden: await reader.goldenRecords() };
}

/** A few of the records that stay, forgotten in mid-run. */
const forgottenOf = (world: Catalogue): CanonicalEvent[] => world.base.filter((_, i) => i % 40 === 5);

async function quietly(world: Catalogue, model: Model): Promise<Answer> {
  const { database } = await openStore();
  const reconciler = new Reconciler(database, model, unique);
  await reconciler.apply(world.base);
  await reconciler.reconcile('streaming', 200);
  for (const { source, id } of forgottenOf(world)) await forgetRecord(database, source, id);
  await reconciler.apply(changesOf(world.seed, world));
  await reconciler.reconcile('streaming', 200);
  return answerOf(database, model);
}

/** Ends a connection that is at work, by lot, every few steps of the fleet. */
function killer(admin: pg.Client, seed: number, every: number): { kills: () => number; between: () => Promise<void> } {
  const random = seeded(seed);
  let steps = 0;
  let kills = 0;
  return {
    kills: () => kills,
    between: async () => {
      if (++steps % every !== 0) return;
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and application_name = 'assay' and state <> 'idle' order by pid`,
      );
      const victim = rows[Math.floor(random() * rows.length)];
      if (victim === undefined) return;
      await admin.query('select pg_terminate_backend($1)', [victim.pid]);
      kills++;
    },
  };
}

async function concurrently(
  world: Catalogue,
  model: Model,
  seed: number,
  withRefresh: boolean,
): Promise<{ answer: Answer; kills: number; database: Database }> {
  const { url, database } = await openStore();
  const workers: StreamWorker[] = [];
  for (let i = 0; i < WORKERS; i++)
    workers.push(
      new StreamWorker(await connect(url, i, seed), {
        model,
        unique,
        partition: i,
        seed: seed * 100 + i,
        batch: 5 + i * 9,
        bulk: i === 0 ? 0.05 : 0,
      }),
    );
  const base = partitioned(
    shuffled(world.base, seed, ({ source, id }) => `${source}/${id}`),
    WORKERS,
  );
  await Promise.all(workers.map((worker, i) => worker.applyAll(base[i]!)));
  const snapshots = await Promise.all(workers.map((worker) => worker.takeFirstSnapshot()));
  expect(new Set(snapshots.map(({ id }) => id)).size).toBe(1);
  expect(await database.query('select 1 from corpus_snapshot')).toHaveLength(1);
  const changes = partitioned(
    shuffled(changesOf(world.seed, world), seed, ({ source, id }) => `${source}/${id}`),
    WORKERS,
  );
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    const { kills, between } = killer(admin, seed, 6);
    const forgetting = (async () => {
      for (const { source, id } of forgottenOf(world)) await patiently(() => forgetRecord(database, source, id));
    })();
    const refreshing = withRefresh ? patiently(() => refreshSnapshot(database, model)) : undefined;
    await Promise.all([...workers.map((worker, i) => worker.work(changes[i]!, between)), forgetting, refreshing]);
    // A worker that found nothing left may have ended before others were done with what they were at.
    await workers[0]!.work([]);
    return { answer: await answerOf(database, model), kills: kills(), database };
  } finally {
    await admin.end();
  }
}

describe.each([
  [1, 'long', model],
  [2, 'short', shortLists],
  [3, 'short', shortLists],
] as const)('one answer, catalogue %i, %s lists', (seed, _, model) => {
  const world = catalogue(seed);

  it('is that of one quiet worker', async () => {
    const quiet = await quietly(world, model);
    expect(quiet.golden.length).toBeGreaterThan(50);
    expect(quiet.edges.length).toBeGreaterThan(30);
    const { answer, kills } = await concurrently(world, model, seed, false);
    expect(answer.edges).toEqual(quiet.edges);
    expect(answer.golden).toEqual(quiet.golden);
    expect(kills).toBeGreaterThan(0);
    console.log(`catalogue ${seed}: ${kills} connections ended, ${answer.golden.length} golden records equal`);
  });
});

it('stands still when everything is scored again, also when the snapshot was refreshed in mid-run', async () => {
  const { answer, database } = await concurrently(catalogue(4), shortLists, 4, true);
  await database.query(`update dirty set seq = nextval('mark_sequence')`);
  await new Reconciler(database, shortLists, unique).reconcile('streaming', 200);
  expect(await answerOf(database, shortLists)).toEqual(answer);
});
