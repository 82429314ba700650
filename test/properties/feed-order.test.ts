/** The whole pipeline over files: rows in another order and other batch sizes give the same golden records, on both days. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { assay } from '../support/process.js';
import { SmallWorld } from '../support/small-world.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-order-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Members, values and lineage; ids keep rules of their own. */
async function goldenRecords(world: SmallWorld): Promise<string[]> {
  const ended = await assay(['run', '--no-report', '--config', world.config], { env: { ASSAY_DATA_DIR: world.data } });
  expect(ended.code, ended.stderr).toBe(0);
  const database = await openEmbeddedDatabase(join(world.data, 'database'));
  try {
    const rows = await database.query<{ row: string }>(
      `select jsonb_build_array(members, "values", lineage, quality)::text as row from golden_record`,
    );
    return rows.map(({ row }) => row).sort();
  } finally {
    await database.close();
  }
}

it.each([3, 17])('does not depend on the order of rows or on batch sizes (order %i)', async (order) => {
  const plain = new SmallWorld(join(folder, `plain-${order}`), order, 60);
  const other = new SmallWorld(join(folder, `other-${order}`), order, 60, order);
  for (const day of [1, 2] as const) {
    plain.showDay(day);
    other.showDay(day);
    const expected = await goldenRecords(plain);
    expect(expected.length).toBeGreaterThan(40);
    expect(await goldenRecords(other)).toEqual(expected);
  }
});
