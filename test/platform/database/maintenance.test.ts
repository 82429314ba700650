import { expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../../src/platform/database/index.js';

it('keeps statistics and dead rows in order, as no background process does', async () => {
  const db = await openEmbeddedDatabase(':memory:');
  await db.query('create table thing as select n, 0 as m from generate_series(1, 5000) n');
  for (let i = 0; i < 3; i++) await db.query('update thing set m = m + 1');
  const state = async (): Promise<unknown> =>
    (
      await db.query(
        "select reltuples::int as rows, n_dead_tup as dead from pg_class c join pg_stat_user_tables s on s.relid = c.oid where c.relname = 'thing'",
      )
    )[0];
  expect(await state()).not.toEqual({ rows: 5000, dead: 0 });
  await Promise.all(Array.from({ length: 520 }, (_, i) => db.query('select m from thing where n = $1 limit 1', [i])));
  await db.query('select pg_stat_force_next_flush()');
  expect(await state()).toEqual({ rows: 5000, dead: 0 });
  await db.close();
});
