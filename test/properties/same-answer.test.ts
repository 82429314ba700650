/**
 * One answer: the order of records, the batch size, restarts between batches and the driver change nothing in edges and
 * golden records. The snapshot is taken once, from the records that are there first, and stays.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Model } from '../../src/dedup/index.js';
import { installationFolder } from '../../src/installation.js';
import { openEmbeddedDatabase, runMigrations } from '../../src/platform/database/index.js';
import type { CanonicalEvent } from '../support/canonical.js';
import { type Catalogue, catalogue } from '../support/catalogue.js';
import { Reconciler, testModel } from '../support/reconcile.js';
import { shuffled } from '../support/seeded.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-same-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string) {
  const database = await openEmbeddedDatabase(join(folder, name));
  await runMigrations(database, join(installationFolder(), 'migrations'));
  return database;
}

/** Small caps, so that some blocks of a few hundred records are cut and some cross the cap on the way. */
const model = testModel((json) => {
  (json.blocking as { cap: number }).cap = 12;
});
/** Short lists besides, so that most arrivals push somebody out of most lists, or just do not. */
const shortLists = testModel((json) => {
  Object.assign(json.blocking as object, { cap: 12, identifierCap: 8, candidates: 3 });
});
const unique = new Set(['alpha']);

interface Path {
  name: string;
  seed: number;
  batch: number;
  driver: 'bulk' | 'streaming';
  /** Reconcile after every so many events; 0: once at the end. */
  every: number;
  restart: boolean;
}

async function follow(world: Catalogue, model: Model, path: Path): Promise<{ edges: string[]; golden: string[] }> {
  const name = `${path.name}-${world.seed}`;
  let reconciler = new Reconciler(await open(name), model, unique);
  await reconciler.apply(world.base);
  await reconciler.reconcile('bulk');
  const events = shuffled(world.changes, path.seed, (event: CanonicalEvent) => `${event.source}/${event.id}`);
  const step = path.every === 0 ? events.length : path.every;
  for (let from = 0; from < events.length; from += step) {
    await reconciler.apply(events.slice(from, from + step), path.batch);
    await reconciler.reconcile(path.driver, path.batch);
    if (!path.restart) continue;
    await reconciler.database.close();
    reconciler = reconciler.continuedOn(await open(name));
  }
  const outcome = { edges: await reconciler.edges(), golden: await reconciler.goldenRecords() };
  await reconciler.database.close();
  return outcome;
}

describe.each([
  [1, 'long', model],
  [2, 'short', shortLists],
  [3, 'short', shortLists],
] as const)('one answer, catalogue %i, %s lists', (seed, _, model) => {
  const world = catalogue(seed);

  it('is the same in one bulk pass, in streamed batches, in another order and over restarts', async () => {
    const bulk = await follow(world, model, {
      name: 'bulk',
      seed: 1,
      batch: 1000,
      driver: 'bulk',
      every: 0,
      restart: false,
    });
    expect(bulk.golden.length).toBeGreaterThan(50);
    expect(bulk.edges.length).toBeGreaterThan(30);
    const streamed = await follow(world, model, {
      name: 'stream',
      seed: 2,
      batch: 25,
      driver: 'streaming',
      every: 40,
      restart: false,
    });
    expect(streamed.edges).toEqual(bulk.edges);
    expect(streamed.golden).toEqual(bulk.golden);
    const restarted = await follow(world, model, {
      name: 'restart',
      seed: 3,
      batch: 7,
      driver: 'streaming',
      every: 70,
      restart: true,
    });
    expect(restarted.edges).toEqual(bulk.edges);
    expect(restarted.golden).toEqual(bulk.golden);
  });
});
