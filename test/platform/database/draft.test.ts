import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../../src/platform/database/index.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-draft-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('throws away what a process left that was killed while it made the files', async () => {
  mkdirSync(join(folder, 'database.draft', 'base'), { recursive: true });
  writeFileSync(join(folder, 'database.draft', 'PG_VERSION'), '18\n');
  const database = await openEmbeddedDatabase(join(folder, 'database'));
  await database.query('create table thing (id integer)');
  await database.close();
  expect(readdirSync(folder)).toEqual(['database']);
  const again = await openEmbeddedDatabase(join(folder, 'database'));
  expect(await again.query('select count(*)::int as n from thing')).toEqual([{ n: 0 }]);
  await again.close();
});
