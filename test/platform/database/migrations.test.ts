import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runMigrations } from '../../../src/platform/database/index.js';
import type { Database } from '../../../src/platform/database/port.js';
import { openEmpty } from '../../support/store.js';
import { folder } from '../folder.js';

let db: Database;
let scripts: string;
beforeAll(async () => {
  db = await openEmpty();
});
afterAll(() => db.close());
beforeEach(async () => {
  scripts = folder();
  await db.query('drop schema public cascade');
  await db.query('create schema public');
});
const script = (name: string, text: string): void => writeFileSync(join(scripts, name), text);
const applied = async (): Promise<unknown[]> =>
  (await db.query<{ name: string }>('select name from schema_migration order by 1')).map((row) => row.name);

it('applies the scripts in order, once, also when several start at the same time', async () => {
  script('0001_first.sql', 'create table one (a int); insert into one values (1);');
  script('0002_second.sql', "alter table one add b text default ';'; -- the end; really\n");
  script('notes.txt', 'no script');
  const all = await Promise.all([runMigrations(db, scripts), runMigrations(db, scripts), runMigrations(db, scripts)]);
  expect(all.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(await db.query('select * from one')).toEqual([{ a: 1, b: ';' }]);
  expect(await runMigrations(db, scripts)).toEqual([]);
});

it('leaves the database as it was before a script that fails, and names file, line and statement', async () => {
  script('0001_good.sql', 'create table good (a int)');
  script('0002_bad.sql', 'create table half (a int);\n\ninsert into nowhere values (1);');
  await expect(runMigrations(db, scripts)).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringMatching(/^0002_bad\.sql, line 3: .*"nowhere".*\n {2}insert into nowhere values \(1\)$/),
    details: { file: '0002_bad.sql', line: 3 },
  });
  expect(await applied()).toEqual(['0001_good.sql']);
  expect(await db.query("select to_regclass('half') as t")).toEqual([{ t: null }]);
  script('0002_bad.sql', 'create table half (a int)');
  expect(await runMigrations(db, scripts)).toEqual(['0002_bad.sql']);
});

it('refuses a script that changed after it was applied, and two with one number', async () => {
  script('0001_first.sql', 'select 1');
  await runMigrations(db, scripts);
  script('0001_first.sql', 'select 2');
  await expect(runMigrations(db, scripts)).rejects.toThrow(/0001_first\.sql has changed since it was applied/);
  rmSync(join(scripts, '0001_first.sql'));
  script('0002_a.sql', 'select 1');
  script('0002_b.sql', 'select 1');
  await expect(runMigrations(db, scripts)).rejects.toThrow(/same number/);
});

it("brings an empty database to the store's schema", async () => {
  await db.query('drop extension if exists vector cascade');
  await db.query('drop extension if exists pg_trgm cascade');
  const names = await runMigrations(db);
  expect(names[0]).toBe('0001_store.sql');
  expect(await runMigrations(db)).toEqual([]);
  expect(await db.query("select to_regclass('golden_record') is not null as there")).toEqual([{ there: true }]);
});
