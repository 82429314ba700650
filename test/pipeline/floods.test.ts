import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { arrivals, scores } from '../../src/pipeline/floods.js';
import type { Database } from '../../src/platform/database/port.js';
import { openStore } from '../support/store.js';

let database: Database;
beforeAll(async () => {
  database = await openStore();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.query('truncate dirty, dirty_component, consumer_offset');
  await database.query(`select setval('mark_sequence', 5000)`);
});

const mark = (table: string, from: number, to: number): Promise<unknown> =>
  database.query(`insert into ${table} (rid, seq) select n, n from generate_series($1::int, $2::int) n`, [from, to]);
const applied = (offset: number): Promise<unknown> =>
  database.query(
    `insert into consumer_offset values ('dedup', 'canonical', 0, $1)
      on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset`,
    [offset],
  );

it('sees a flood of arrivals by how fast they are applied', async () => {
  const look = arrivals(database);
  expect(await look()).toEqual({ oldest: null, newest: 5000, flood: false });
  await mark('dirty', 7, 9);
  await applied(100);
  expect(await look()).toEqual({ oldest: 7, newest: 5000, flood: false });
  await applied(2000);
  expect(await look()).toMatchObject({ flood: true });
});

it('lets golden records wait for the scores of their records', async () => {
  const look = scores(database);
  await mark('dirty_component', 300, 310);
  expect(await look()).toEqual({ oldest: 300, newest: 5000, flood: false });
  await mark('dirty', 10, 400);
  expect(await look()).toEqual({ oldest: 300, newest: 5000, flood: true });
  await database.query(`update dirty set seq = seq + 1000`);
  expect(await look()).toEqual({ oldest: 300, newest: 5000, flood: true });
});

it('lets those go on whose records are scored, and only those', async () => {
  const look = scores(database);
  await mark('dirty_component', 300, 700);
  await mark('dirty', 500, 900);
  expect(await look()).toEqual({ oldest: 300, newest: 499, flood: false });
  await database.query('update dirty set done_seq = seq where seq < 650');
  expect(await look()).toEqual({ oldest: 300, newest: 649, flood: false });
});

it('looks at a portion only', async () => {
  await mark('dirty_component', 300, 1500);
  await mark('dirty', 1400, 1800);
  expect(await scores(database)()).toEqual({ oldest: 300, newest: 799, flood: false });
});

it('does not wait for a few', async () => {
  await mark('dirty_component', 300, 310);
  await mark('dirty', 300, 400);
  expect(await scores(database)()).toEqual({ oldest: 300, newest: 5000, flood: false });
});
