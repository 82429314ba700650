/** What is lost, repeated or told when connections break, at each moment at which they can. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openPostgres, type PostgresServer } from '../../../../src/platform/database/index.js';
import { freshDatabase } from '../../../support/servers.js';
import { asSuperuser, type Line, lineTo } from './support.js';

let real: { url: string; drop: () => Promise<void> };
let line: Line;
let database: PostgresServer;
beforeAll(async () => {
  real = await freshDatabase();
  line = await lineTo(real.url);
  database = await openPostgres({ url: line.url, poolSize: 4 });
});
afterAll(async () => {
  await database.close();
  await line.close();
  await real.drop();
});
beforeEach(async () => {
  await asSuperuser('drop table if exists kept; create table kept (id int primary key)', real.url);
});

const kept = () => asSuperuser<{ id: number }>('select id from kept order by id', real.url);
const restarts = () => database.guards()[0]?.restarts ?? 0;

it('survives the loss of idle connections, and makes others', async () => {
  await Promise.all(Array.from({ length: 4 }, () => database.query('select pg_sleep(0.01)')));
  line.cut();
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  const mine = "from pg_stat_activity where application_name = 'assay' and datname = current_database()";
  await asSuperuser(`select pg_terminate_backend(pid) ${mine}`, real.url);
  // They end a moment later. Until this process knows of it they are not idle connections but cut ones.
  while ((await asSuperuser(`select pid ${mine}`, real.url)).length > 0) await sleep(20);
  await sleep(200);
  await database.query('insert into kept values (1)');
  expect(await kept()).toEqual([{ id: 1 }]);
});

it('begins a transaction anew that was cut before its commit was sent, and counts it', async () => {
  const before = restarts();
  let attempts = 0;
  const result = await database.transaction(async (sql) => {
    attempts++;
    await sql.query('insert into kept values ($1)', [attempts]);
    if (attempts === 1) line.cut();
    await sql.query('select 1');
    return 'done';
  });
  expect(result).toBe('done');
  expect(await kept()).toEqual([{ id: 2 }]);
  expect(restarts()).toBe(before + 1);
});

it('begins anew also when nothing was asked after the cut, or the function swallowed it', async () => {
  for (const then of [
    async () => {},
    (query: () => Promise<unknown>) =>
      query().then(
        () => {},
        () => {},
      ),
  ]) {
    let attempts = 0;
    await database.transaction(async (sql) => {
      attempts++;
      await sql.query('insert into kept values ($1) on conflict do nothing', [attempts]);
      if (attempts > 1) return;
      line.cut();
      await then(() => sql.query('select 1'));
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    expect(attempts).toBe(2);
  }
  expect(await kept()).toEqual([{ id: 2 }]);
});

it('tells that the outcome is unknown when the connection is cut under a commit, and does not repeat it', async () => {
  for (const delivered of [true, false]) {
    let attempts = 0;
    // The first message of a connection names an isolation level: read committed.
    line.cutAt(/\0commit\0/, delivered);
    const work = database.transaction(async (sql) => {
      attempts++;
      await sql.query('insert into kept values ($1)', [delivered ? 1 : 2]);
    });
    await expect(work).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE', details: { outcome: 'unknown' } });
    expect(attempts).toBe(1);
  }
  expect(await kept()).toEqual([{ id: 1 }]);
});

it('asks again what only reads, and not what writes', async () => {
  line.cutAt(/select 42/, true);
  expect(await database.query('select 42 as n')).toEqual([{ n: 42 }]);
  line.cutAt(/with x as \(select 43/, true);
  expect(await database.query('with x as (select 43 as n) select n from x')).toEqual([{ n: 43 }]);
  for (const write of [
    'insert into kept values (7)',
    'with x as (insert into kept values (8) returning id) select * from x',
  ]) {
    line.cutAt(/insert/, true);
    await expect(database.query(write)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  }
  expect(await kept()).toEqual([{ id: 7 }, { id: 8 }]);
});

it('writes rows that can be gone through once only once', async () => {
  function* once(): Generator<number[]> {
    yield [1];
    yield [2];
  }
  line.cutAt(/copy "kept"/, false);
  await expect(database.copyIn('kept', ['id'], once())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  line.cutAt(/copy "kept"/, false);
  expect(await database.copyIn('kept', ['id'], [[1], [2]])).toBe(2);
  expect(await kept()).toEqual([{ id: 1 }, { id: 2 }]);
});

it('ends a reader of portions with the connection, and leaves nothing behind when it stops early', async () => {
  await asSuperuser('insert into kept select generate_series(1, 30)', real.url);
  const read = async () => {
    for await (const rows of database.batches('select id from kept', [], 10)) if (rows.length > 0) line.cut();
  };
  await expect(read()).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  const open = line.connections();
  for await (const _ of database.batches('select id from kept', [], 10)) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(line.connections()).toBeLessThanOrEqual(open + 1);
});

it('waits for a server that starts again, and says so when it stays away', async () => {
  await line.down();
  const back = new Promise<void>((resolve) => setTimeout(() => resolve(line.up()), 400));
  await database.transaction((sql) => sql.query('insert into kept values (1)'));
  await back;
  await line.down();
  await expect(database.query('select 1')).rejects.toMatchObject({
    code: 'PLATFORM_UNAVAILABLE',
    details: { server: 'postgres' },
  });
  await line.up();
  expect(database.guards()[0]).toMatchObject({ name: 'postgres', breaker: expect.any(String) });
  expect(database.guards()[0]?.failures).toBeGreaterThan(0);
});

it('repeats a deadlock, and takes the locks of nobody else', async () => {
  await asSuperuser('insert into kept values (1), (2)', real.url);
  const before = restarts();
  let met = 0;
  const both = (first: number, second: number) =>
    database.transaction(async (sql) => {
      await sql.query('select 1 from kept where id = $1 for update', [first]);
      met++;
      while (met < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await sql.query('select 1 from kept where id = $1 for update', [second]);
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  expect(restarts()).toBeGreaterThan(before);
});

it('does not wait for itself with every place in the pool taken', async () => {
  const readers = Array.from({ length: 12 }, async () => {
    for await (const _ of database.batches('select generate_series(1, 6) as n', [], 2))
      await database.query('select 1');
  });
  await Promise.all(readers);
  const many = Array.from({ length: 40 }, (_, i) =>
    database.transaction((sql) => sql.query('insert into kept values ($1)', [i])),
  );
  await Promise.all(many);
  expect(await kept()).toHaveLength(40);
});
