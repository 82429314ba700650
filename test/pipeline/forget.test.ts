import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { assay } from '../support/process.js';
import { SmallWorld } from '../support/small-world.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-forget-'));
const TITLE = 'Zanzibarmodell camera';
let world: SmallWorld;

const run = async (...args: string[]) => {
  const ended = await assay([...args, '--config', world.config], { env: { ASSAY_DATA_DIR: world.data } });
  expect(ended.code, ended.stderr).toBe(0);
  return ended.stdout;
};

beforeAll(async () => {
  world = new SmallWorld(folder, 5, 20);
  // Two listings of one product, so that the cluster of the forgotten one lives on.
  const row = (id: string, title: string) => `"${id}","${title}","Lumo","LU999Z","","10","","2024-01-01T00:00:00Z"\n`;
  appendFileSync(join(folder, 'feeds', 'beta.csv'), row('secret', TITLE));
  appendFileSync(join(folder, 'feeds', 'gamma.csv'), row('other', 'Lumo LU999Z camera'));
  await run('run', '--no-report');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logHolds(text: string): boolean {
  const files = readdirSync(join(world.data, 'log'), { recursive: true, withFileTypes: true });
  return files.some((file) => file.isFile() && readFileSync(join(file.parentPath, file.name), 'latin1').includes(text));
}

async function tablesThatHold(text: string): Promise<string[]> {
  const database = await openEmbeddedDatabase(join(world.data, 'database'));
  try {
    const tables = await database.query<{ name: string }>(
      `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await database.query(`select 1 from "${name}" t where t::text ilike '%' || $1 || '%' limit 1`, [
        text,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  } finally {
    await database.close();
  }
}

it('removes a record from log, store, history and index, and keeps it out', async () => {
  expect(logHolds(TITLE)).toBe(true);
  expect(await tablesThatHold('zanzibarmodell')).toContain('source_record');
  await run('forget', 'beta', 'secret');
  expect(logHolds(TITLE)).toBe(false);
  expect(await tablesThatHold('zanzibarmodell')).toEqual([]);
  const again = JSON.parse(await run('run', '--no-report', '--json')) as { run: { created: number } };
  expect(again.run.created).toBe(0);
  expect(logHolds(TITLE)).toBe(false);
  const crosswalk = await run('export', 'crosswalk', '--format', 'csv');
  expect(crosswalk).toContain('gamma,other,');
  expect(crosswalk).not.toContain('beta,secret');
});
