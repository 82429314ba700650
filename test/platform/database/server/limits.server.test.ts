/** Statements that take too long, connections that fall silent, and what a session is set to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres } from '../../../../src/platform/database/index.js';
import { isAtWork } from '../../../../src/platform/database/server/at-work.js';
import { Connections } from '../../../../src/platform/database/server/connections.js';
import { ServerTransaction } from '../../../../src/platform/database/server/transaction.js';
import { freshDatabase } from '../../../support/servers.js';

let real: { url: string; drop: () => Promise<void> };
beforeAll(async () => {
  real = await freshDatabase();
});
afterAll(() => real.drop());

it('ends a statement at its limit, inside a transaction too, and works on', async () => {
  const database = await openPostgres({ url: real.url, statementTimeoutMs: 200, poolSize: 1 });
  try {
    const late = { code: 'DATABASE', details: { sqlstate: '57014' } };
    await expect(database.query('select pg_sleep(20)')).rejects.toMatchObject(late);
    await expect(database.transaction((sql) => sql.query('select pg_sleep(20)'))).rejects.toMatchObject(late);
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
    expect(database.guards()[0]).toMatchObject({ breaker: 'closed', failures: 0, timeouts: 0 });
  } finally {
    await database.close();
  }
});

it('waits for a slow statement as long as the server is at it, and cuts a connection that fell silent', async () => {
  const connections = new Connections({ url: real.url, poolSize: 2, statementTimeoutMs: 0 });
  try {
    const asked: boolean[] = [];
    const slow = await connections.begin();
    const patient = new ServerTransaction(slow.session, { open: true }, 100, async (session) => {
      asked.push(await isAtWork(session, connections));
      return asked.at(-1) as boolean;
    });
    expect(await patient.query('select 1 as one from pg_sleep(0.5)')).toEqual([{ one: 1 }]);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).not.toContain(false);
    expect(await isAtWork(slow.session, connections)).toBe(false);
    slow.release();

    const silent = await connections.begin();
    const cut = new ServerTransaction(silent.session, { open: true }, 50, async () => false);
    await expect(cut.query('select pg_sleep(20)')).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    silent.release();
    expect(await connections.use((session) => session.run('select 1 as one'), true)).toMatchObject({
      rows: [{ one: 1 }],
    });
  } finally {
    await connections.close();
  }
});

it('sets a session as values and plans need it, and takes what the address says of the rest', async () => {
  const names = [
    'TimeZone',
    'DateStyle',
    'jit',
    'application_name',
    'statement_timeout',
    'lock_timeout',
    'search_path',
  ];
  const url = new URL(real.url);
  url.searchParams.set('options', '-c search_path=elsewhere,public -c jit=on -c TimeZone=CET');
  const database = await openPostgres({ url: url.href });
  try {
    const rows = await database.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1::text[])',
      [names],
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toMatchObject({
      TimeZone: 'UTC',
      jit: 'on',
      application_name: 'assay',
      statement_timeout: '120000',
      lock_timeout: '60000',
      search_path: 'elsewhere,public',
    });
    await database.query('create extension if not exists vector');
    await database.query("select '[1]'::vector");
    expect(await database.query("select current_setting('hnsw.iterative_scan') as scan")).toEqual([
      { scan: 'strict_order' },
    ]);
  } finally {
    await database.close();
  }
});

it('has every place free again after whatever failed', async () => {
  const database = await openPostgres({ url: real.url, poolSize: 2 });
  try {
    for (let i = 0; i < 5; i++) {
      await expect(database.query('select from nowhere')).rejects.toMatchObject({ code: 'DATABASE' });
      await expect(database.transaction(async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
      await expect(database.copyIn('nowhere', ['id'], [[1]])).rejects.toMatchObject({ details: { sqlstate: '42P01' } });
      await expect(database.query('select $1', Array(40_000).fill(1))).rejects.toMatchObject({ code: 'DATABASE' });
    }
    const both = [1, 2].map((id) => database.transaction((sql) => sql.query('select $1::int as id', [id])));
    expect(await Promise.all(both)).toEqual([[{ id: 1 }], [{ id: 2 }]]);
  } finally {
    await database.close();
  }
  await expect(database.query('select 1')).rejects.toMatchObject({
    code: 'DATABASE',
    message: 'the database is closed',
  });
});
