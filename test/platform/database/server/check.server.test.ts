/** Everything that can be wrong with a server, caused on a real one: the finding names it, and opening refuses or warns. */
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPostgres, openPostgres, runMigrations } from '../../../../src/platform/database/index.js';
import type { ServerFinding } from '../../../../src/platform/finding.js';
import { freshDatabase, freshNamespace, servers } from '../../../support/servers.js';
import { asSuperuser, changed, freshRole } from './support.js';

const finding = (findings: readonly ServerFinding[], check: string) => findings.find((one) => one.check === check);
const bad = (findings: readonly ServerFinding[]) =>
  findings.filter(({ state }) => state === 'wrong').map((one) => one.check);

/** A database by other rules, and what has to be done in it first. */
async function madeBy(
  options: string,
  ...first: string[]
): Promise<{ url: string; name: string; drop: () => Promise<void> }> {
  const name = freshNamespace();
  await asSuperuser(`create database ${name} ${options}`);
  const url = changed(servers().postgres, { database: name });
  for (const statement of first) await asSuperuser(statement, url);
  return {
    url,
    name,
    drop: async () => {
      await asSuperuser(`drop database ${name} with (force)`);
    },
  };
}

async function refused(url: string): Promise<{ code: string; message: string }> {
  try {
    await (await openPostgres({ url })).close();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was opened');
}

describe('a server that is well', () => {
  let real: { url: string; drop: () => Promise<void> };
  beforeAll(async () => {
    real = await freshDatabase();
  });
  afterAll(() => real.drop());

  it('has nothing wrong, before and after the migrations', async () => {
    const before = await checkPostgres({ url: real.url });
    expect(bad(before)).toEqual([]);
    expect(finding(before, 'vector')?.message).toMatch(/will be created/);
    expect(finding(before, 'migrations')).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/to apply: 0001_store\.sql/),
    });
    const database = await openPostgres({ url: real.url });
    await runMigrations(database);
    await database.close();
    const after = await checkPostgres({ url: real.url });
    expect(bad(after)).toEqual([]);
    expect(finding(after, 'vector')?.message).toMatch(/^vector 0\.\d/);
    expect(finding(after, 'migrations')).toMatchObject({ state: 'ok' });
    await asSuperuser("update schema_migration set checksum = 'x' where name like '0001%'", real.url);
    expect(finding(await checkPostgres({ url: real.url }), 'migrations')?.message).toMatch(
      /changed since .*0001_store\.sql/,
    );
    await asSuperuser("update schema_migration set name = '9999_later.sql' where name like '0001%'", real.url);
    expect(finding(await checkPostgres({ url: real.url }), 'migrations')?.message).toMatch(
      /newer Assay: 9999_later\.sql/,
    );
  });

  it('is told when its clock is another, when commits are not kept, and when connections are few', async () => {
    const early = await checkPostgres({ url: real.url, now: () => Date.now() - 3_600_000 });
    expect(finding(early, 'clock')).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/3600 s ahead of/),
    });
    expect(finding(await checkPostgres({ url: real.url }), 'clock')?.state).toBe('ok');
    const lax = new URL(real.url);
    lax.searchParams.set('options', '-c synchronous_commit=off');
    expect(finding(await checkPostgres({ url: lax.href }), 'durability')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('synchronous_commit'),
    });
    expect(finding(await checkPostgres({ url: real.url, poolSize: 1000 }), 'connections')?.state).toBe('warning');
    const told: string[] = [];
    const database = await openPostgres({
      url: lax.href,
      logger: { warn: (_, message) => told.push(message) },
    });
    await database.close();
    expect(told.join()).toContain('synchronous_commit');
  });
});

describe('an address', () => {
  const listeners: Server[] = [];
  afterAll(() => {
    for (const listener of listeners) listener.close();
  });
  const listen = (answer: string | undefined): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => (answer === undefined ? socket.destroy() : socket.end(answer)));
      });
      listeners.push(server);
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });

  it('that is none, where nobody listens, or that has no name, is told', async () => {
    for (const url of ['mysql://u:hush@h/db', 'not an address with hush']) {
      const [found] = await checkPostgres({ url });
      expect(found).toMatchObject({
        check: 'address',
        state: 'wrong',
        advice: expect.stringContaining('DATABASE_URL'),
      });
      expect(JSON.stringify(found)).not.toContain('hush');
    }
    const port = await listen('');
    const server = listeners.pop() as Server;
    await new Promise((resolve) => server.close(resolve));
    const url = changed(servers().postgres, { port, password: 'hush' });
    const [found] = await checkPostgres({ url });
    expect(found?.message).toMatch(new RegExp(`nothing answers at 127.0.0.1:${port}: .*ECONNREFUSED`));
    expect(await refused(url)).toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    const [nowhere] = await checkPostgres({ url: 'postgres://u@no-such-host.invalid/db' });
    expect(nowhere).toMatchObject({ check: 'address', state: 'wrong' });
  });

  it('of another server is told', async () => {
    for (const port of [
      await listen('HTTP/1.1 400 Bad Request\r\n\r\n'),
      await listen('-ERR what\r\n'),
      await listen(undefined),
    ]) {
      const [found] = await checkPostgres({ url: changed(servers().postgres, { port }) });
      expect(found).toMatchObject({
        check: 'address',
        state: 'wrong',
        message: expect.stringContaining('no Postgres'),
      });
    }
    const { port } = new URL(servers().elasticsearch);
    const [found] = await checkPostgres({ url: changed(servers().postgres, { port: Number(port) }) });
    expect(found?.message).toContain('no Postgres');
  });

  it('with a role or a database that is not there is told', async () => {
    const role = await checkPostgres({ url: changed(servers().postgres, { user: 'nobody_here' }) });
    expect(finding(role, 'login')).toMatchObject({
      state: 'wrong',
      message: expect.stringMatching(/role "nobody_here" does not exist/),
      advice: expect.stringMatching(/role/),
    });
    const url = changed(servers().postgres, { database: 'nowhere_here' });
    const database = await checkPostgres({ url });
    expect(finding(database, 'login')).toMatchObject({ advice: expect.stringMatching(/create database/) });
    expect(await refused(url)).toMatchObject({
      code: 'PLATFORM_INVALID',
      message: expect.stringMatching(/create database/),
    });
  });
});

describe('a database', () => {
  it('with an encoding that cannot hold every text is refused', async () => {
    for (const encoding of ['LATIN1', 'SQL_ASCII']) {
      const made = await madeBy(`encoding '${encoding}' template template0 locale 'C'`);
      try {
        expect(finding(await checkPostgres({ url: made.url }), 'encoding')).toMatchObject({
          state: 'wrong',
          message: expect.stringContaining(encoding),
        });
        expect(await refused(made.url)).toMatchObject({ code: 'PLATFORM_INVALID' });
      } finally {
        await made.drop();
      }
    }
  });

  it('that is read only is refused', async () => {
    const made = await madeBy('');
    try {
      await asSuperuser(`alter database ${made.name} set default_transaction_read_only = on`);
      expect(finding(await checkPostgres({ url: made.url }), 'writable')?.message).toMatch(/read only/);
      expect(await refused(made.url)).toMatchObject({ code: 'PLATFORM_INVALID' });
    } finally {
      await made.drop();
    }
  });

  it('with a pgvector that is too old is refused', async () => {
    const made = await madeBy(
      '',
      'create extension vector',
      "update pg_extension set extversion = '0.7.4' where extname = 'vector'",
    );
    try {
      const found = finding(await checkPostgres({ url: made.url }), 'vector');
      expect(found).toMatchObject({ state: 'wrong', advice: expect.stringContaining('alter extension vector update') });
      expect(await refused(made.url)).toMatchObject({
        code: 'PLATFORM_INVALID',
        message: expect.stringContaining('0.7.4'),
      });
    } finally {
      await made.drop();
    }
  });
});

describe('a role', () => {
  it('without rights is told which to grant, and works with those', async () => {
    const made = await madeBy('');
    const { role, drop } = await freshRole('login connection limit 15');
    const url = changed(made.url, { user: role });
    try {
      const poor = await checkPostgres({ url });
      expect(bad(poor)).toEqual(['pg_trgm', 'vector', 'privileges']);
      expect(finding(poor, 'vector')?.advice).toContain('create extension vector');
      expect(finding(poor, 'privileges')?.advice).toContain(`grant usage, create on schema public to ${role}`);
      expect(finding(poor, 'connections')?.state).toBe('warning');
      const { code, message } = await refused(url);
      expect(code).toBe('PLATFORM_INVALID');
      expect(message).toMatch(/create extension pg_trgm[\s\S]*create extension vector[\s\S]*grant usage/);
      await asSuperuser(`grant usage, create on schema public to ${role}`, made.url);
      await asSuperuser('create extension vector', made.url);
      await asSuperuser(`grant create on database ${made.name} to ${role}`);
      expect(bad(await checkPostgres({ url }))).toEqual([]);
      const database = await openPostgres({ url });
      expect((await runMigrations(database))[0]).toBe('0001_store.sql');
      await database.close();
      expect(finding(await checkPostgres({ url }), 'migrations')?.state).toBe('ok');
    } finally {
      await made.drop();
      await drop();
    }
  });

  it('whose search_path leads nowhere is told', async () => {
    const made = await madeBy('');
    const url = new URL(made.url);
    url.searchParams.set('options', '-c search_path=elsewhere');
    try {
      expect(finding(await checkPostgres({ url: url.href }), 'privileges')?.message).toMatch(
        /search_path names no schema/,
      );
      await asSuperuser('create schema elsewhere', made.url);
      expect(bad(await checkPostgres({ url: url.href }))).toEqual([]);
    } finally {
      await made.drop();
    }
  });
});
