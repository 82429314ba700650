/** The right to work alone, between processes: two clients of one server, and a server that takes the right away. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPostgres, type PostgresServer } from '../../../../src/platform/database/index.js';
import { freshDatabase } from '../../../support/servers.js';
import { asSuperuser } from './support.js';

let real: { url: string; drop: () => Promise<void> };
let one: PostgresServer;
let other: PostgresServer;
beforeAll(async () => {
  real = await freshDatabase();
  one = await openPostgres({ url: real.url });
  other = await openPostgres({ url: real.url });
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await real.drop();
});

/** Ends the connections that hold an advisory lock. */
const takeAway = () =>
  asSuperuser("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted", real.url);

/** Work that goes on until it is let go or loses its right. */
function hold(database: PostgresServer, name: string) {
  let letGo: () => void = () => {};
  let entered: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const done = database.exclusive(name, async (signal) => {
    entered();
    await new Promise<void>((resolve) => {
      letGo = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    return signal.aborted ? 'lost' : 'kept';
  });
  done.catch(() => {});
  return { started, done, letGo: () => letGo() };
}

it('is held by one process at a time, and goes to the next', async () => {
  const held = hold(one, 'import');
  await held.started;
  expect(await other.exclusive('import', async () => 'second')).toBeUndefined();
  expect(await other.exclusive('export', async () => 'other name')).toBe('other name');
  held.letGo();
  expect(await held.done).toBe('kept');
  expect(await other.exclusive('import', async () => 'next')).toBe('next');
});

it("is one process's when many ask at once", async () => {
  let running = 0;
  let most = 0;
  const ask = (database: PostgresServer) =>
    database.exclusive('race', async () => {
      most = Math.max(most, ++running);
      await database.query('select pg_sleep(0.02)');
      running--;
      return true;
    });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? one : other)));
  expect(most).toBe(1);
  expect(answers.filter((answer) => answer === true).length).toBeGreaterThan(0);
});

it('is lost with the connection: the work is told, the promise rejects, and another process may begin', async () => {
  const held = hold(one, 'import');
  await held.started;
  await takeAway();
  await expect(held.done).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE', details: { server: 'postgres' } });
  // The server tells before it gives the lock free.
  await vi.waitFor(async () => expect(await other.exclusive('import', async () => 'next')).toBe('next'));
  await vi.waitFor(async () => expect(await one.exclusive('import', async () => 'again')).toBe('again'));
});

it('rejects also when the work went on to its end without noticing', async () => {
  const deaf = one.exclusive('import', async () => {
    await takeAway();
    await one.query('select pg_sleep(0.05)');
    return 'done';
  });
  await expect(deaf).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
});

it('is taken away by closing the database', async () => {
  const third = await openPostgres({ url: real.url });
  const held = hold(third, 'import');
  await held.started;
  await third.close();
  await expect(held.done).rejects.toMatchObject({ code: 'DATABASE' });
  await vi.waitFor(async () => expect(await one.exclusive('import', async () => 'next')).toBe('next'));
});
