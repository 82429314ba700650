/** The platform is chosen by configuration alone: the same feeds give the same golden records on files and on servers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { goldenRecords } from '../support/golden.js';
import { assay } from '../support/process.js';
import { serverWorld } from '../support/server-world.js';
import { SmallWorld } from '../support/small-world.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-platforms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(config: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, stderr } = await assay(['run', '--no-report', '--config', config], { env });
  expect(stderr, 'nothing to tell').toBe('');
  expect(code).toBe(0);
}

it('gives the golden records of the embedded platform on servers, on two days of feeds', async () => {
  const small = new SmallWorld(join(folder, 'small'), 21, 120);
  const world = await serverWorld(join(folder, 'server-data'));
  try {
    for (const day of [1, 2] as const) {
      small.showDay(day);
      await run(small.config, { ASSAY_DATA_DIR: small.data });
      await run(small.config, world.env);
      const embedded = await openEmbeddedDatabase(join(small.data, 'database'));
      const expected = await goldenRecords(embedded);
      await embedded.close();
      expect(expected.length).toBeGreaterThan(50);
      expect(await goldenRecords(world.database)).toEqual(expected);
    }
  } finally {
    await world.destroy();
  }
}, 400_000);
