/** Workers share the work: any number of them gives the golden records of a quiet run without servers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKafkaLog } from '../../src/platform/log/kafka/index.js';
import { goldenRecords } from '../support/golden.js';
import { assay } from '../support/process.js';
import { serverWorld } from '../support/server-world.js';
import { servers } from '../support/servers.js';
import { SmallWorld } from '../support/small-world.js';
import { startWorker } from '../support/worker.js';
import { settled } from './answers.js';
import { type QuietDay, quietDays } from './quiet.js';

const SEED = 31;
const PRODUCTS = 150;
const folder = mkdtempSync(join(tmpdir(), 'assay-workers-'));
const small = new SmallWorld(join(folder, 'small'), SEED, PRODUCTS);
let quiet: [QuietDay, QuietDay];

beforeAll(async () => {
  quiet = await quietDays(small);
  expect(quiet[0].golden).not.toEqual(quiet[1].golden);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([1, 2, 4])(
  'gives the golden records of a quiet run with %i workers beside it',
  async (count) => {
    const world = await serverWorld(join(folder, `workers-${count}`));
    const workers = Array.from({ length: count }, () => startWorker(small.config, world.env));
    const log = await openKafkaLog({ brokers: [servers().kafka], namespace: world.env.ASSAY_NAMESPACE! });
    try {
      await Promise.all(workers.map(({ started }) => started));
      for (const day of [1, 2] as const) {
        small.showDay(day);
        const { code, stderr } = await assay(['run', '--no-report', '--config', small.config], { env: world.env });
        expect(code, stderr).toBe(0);
        await settled({ log, database: world.database });
        expect(await goldenRecords(world.database)).toEqual(quiet[day - 1]!.golden);
      }
      const ends = await Promise.all(workers.map((worker) => worker.stop()));
      expect(ends).toEqual(ends.map(() => 0));
    } finally {
      for (const worker of workers) worker.kill();
      await log.close();
      await world.destroy();
    }
  },
  180_000,
);
