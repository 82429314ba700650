import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Bell } from '../../src/pipeline/bell.js';
import type { Database } from '../../src/platform/database/port.js';
import { openStore } from '../support/store.js';

let database: Database;
beforeAll(async () => {
  database = await openStore();
});
afterAll(() => database.close());

const never = new AbortController().signal;

it('wakes who waits for what there is, and nobody else', async () => {
  const bell = new Bell(database);
  const woken: string[] = [];
  const stop = new AbortController();
  const components = bell.rings(['components'], stop.signal).then(() => woken.push('components'));
  const scores = bell.rings(['expand', 'score'], never).then(() => woken.push('score'));
  await database.query('insert into dirty (rid, seq) values (1, 7)');
  await scores;
  expect(woken).toEqual(['score']);
  stop.abort();
  await components;
});

it('tells all who wait that the database is away, and looks again for the next', async () => {
  const bell = new Bell(database);
  await database.query('alter table outbox rename to elsewhere');
  const waits = [bell.rings(['outbox'], never), bell.rings(['components'], never)];
  const ends = await Promise.allSettled(waits);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await database.query('alter table elsewhere rename to outbox');
  await database.query(`insert into outbox (golden_id, version) values ('g', 1)`);
  await bell.rings(['outbox'], never);
});

it('lets go of who stops waiting', async () => {
  const stop = new AbortController();
  const rings = new Bell(database).rings(['outbox'], stop.signal);
  await sleep(1);
  stop.abort();
  await rings;
});
