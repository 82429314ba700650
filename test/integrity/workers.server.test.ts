/** Workers share the work: any number of them, also ones that are killed, give the golden records of a quiet run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { goldenRecords } from '../support/golden.js';
import { assay } from '../support/process.js';
import { seeded } from '../support/seeded.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { SmallWorld } from '../support/small-world.js';
import { startWorker, type Worker } from '../support/worker.js';

const SEED = 31;
const PRODUCTS = 150;
const folder = mkdtempSync(join(tmpdir(), 'assay-workers-'));
const small = new SmallWorld(join(folder, 'small'), SEED, PRODUCTS);
/** Golden records of a quiet run without workers, after each day. */
const expected: string[][] = [];

async function pull(env: NodeJS.ProcessEnv): Promise<void> {
  const { code, stderr } = await assay(['run', '--no-report', '--config', small.config], { env });
  expect(code, stderr).toBe(0);
}

beforeAll(async () => {
  for (const day of [1, 2] as const) {
    small.showDay(day);
    await pull({ ASSAY_DATA_DIR: small.data });
    const database = await openEmbeddedDatabase(join(small.data, 'database'));
    expected.push(await goldenRecords(database));
    await database.close();
  }
  expect(expected[0]).not.toEqual(expected[1]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits until nothing is left to do in the store. The log was read to its end by the run before. */
async function settled({ database }: ServerWorld): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    const [row] = await database.query<{ work: boolean }>(
      `select exists (select from expand) or exists (select from dirty where pending)
         or exists (select from dirty_component) or exists (select from outbox) as work`,
    );
    calm = row?.work === false ? calm + 1 : 0;
    await sleep(100);
  }
}

async function inWorld(name: string, work: (world: ServerWorld) => Promise<void>): Promise<void> {
  const world = await serverWorld(join(folder, name));
  try {
    await work(world);
  } finally {
    await world.destroy();
  }
}

it.each([1, 2, 4])(
  'gives the golden records of a quiet run with %i workers beside it',
  (count) =>
    inWorld(`workers-${count}`, async (world) => {
      const workers = Array.from({ length: count }, () => startWorker(small.config, world.env));
      await Promise.all(workers.map(({ started }) => started));
      try {
        for (const day of [1, 2] as const) {
          small.showDay(day);
          await pull(world.env);
          await settled(world);
          expect(await goldenRecords(world.database)).toEqual(expected[day - 1]);
        }
        const ends = await Promise.all(workers.map((worker) => worker.stop()));
        expect(ends).toEqual(ends.map(() => 0));
      } finally {
        for (const worker of workers) worker.kill();
      }
    }),
  180_000,
);

it(
  'gives them when workers are killed and others come in their place',
  () =>
    inWorld('killed', async (world) => {
      const random = seeded(SEED);
      const workers: Worker[] = [startWorker(small.config, world.env), startWorker(small.config, world.env)];
      await Promise.all(workers.map(({ started }) => started));
      let kills = 0;
      try {
        for (const day of [1, 2] as const) {
          small.showDay(day);
          const pulled = pull(world.env);
          for (let i = 0; i < 3; i++) {
            await sleep(300 + random() * 1200);
            const at = Math.floor(random() * workers.length);
            workers[at]!.kill();
            kills++;
            workers[at] = startWorker(small.config, world.env);
          }
          await pulled;
          await settled(world);
          expect(await goldenRecords(world.database)).toEqual(expected[day - 1]);
        }
        console.log(`seed ${SEED}: ${kills} workers killed`);
      } finally {
        for (const worker of workers) worker.kill();
      }
    }),
  240_000,
);
