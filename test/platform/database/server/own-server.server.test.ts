/** A server of this suite's own: what has to be killed, set up otherwise or locked to be tried. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serverSet } from '../../../../scripts/servers/index.mjs';
import { checkPostgres, openPostgres } from '../../../../src/platform/database/index.js';
import { asSuperuser, changed } from './support.js';

const run = mkdtempSync(join(tmpdir(), 'assay-postgres-'));
const set = serverSet({ run });
let url: string;
const file = (name: string) => join(run, 'postgres', 'data', name);

beforeAll(async () => {
  await set.start(['postgres'], { fsync: true });
  url = set.env().ASSAY_TEST_POSTGRES as string;
  await asSuperuser('create table kept (id int primary key)', url);
});
afterAll(async () => {
  await set.stop(['postgres']);
  rmSync(run, { recursive: true, force: true });
});

it('goes on over a kill and a restart: what was answered is there, what was cut is done once', async () => {
  const database = await openPostgres({ url, poolSize: 4 });
  const { signal, letGo } = whenOver();
  const held = database.exclusive('import', (lost) => {
    lost.addEventListener('abort', letGo);
    return signal;
  });
  held.catch(() => {});
  const answered: number[] = [];
  const write = async (from: number) => {
    for (let id = from; id < from + 400; id++) {
      // By compare-and-set, as every writer does: a commit of unknown outcome is asked for again.
      for (;;) {
        try {
          await database.transaction((sql) => sql.query('insert into kept values ($1) on conflict do nothing', [id]));
          break;
        } catch (error) {
          if ((error as { code?: string }).code !== 'PLATFORM_UNAVAILABLE') throw error;
        }
      }
      answered.push(id);
    }
  };
  const writers = Promise.all([write(0), write(1000), write(2000)]);
  while (answered.length < 100) await new Promise((resolve) => setTimeout(resolve, 5));
  await set.kill('postgres');
  await set.restart('postgres');
  await writers;
  const rows = await database.query<{ id: number }>('select id from kept');
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(answered));
  expect(answered).toHaveLength(1200);
  await expect(held).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  expect(await database.exclusive('import', async () => 'again')).toBe('again');
  const [guard] = database.guards();
  expect(guard?.failures).toBeGreaterThan(0);
  await database.close();
});

it('is durable as it is set up here, and says when it is not', async () => {
  const findings = await checkPostgres({ url });
  expect(findings.find(({ check }) => check === 'durability')).toMatchObject({ state: 'ok' });
  await set.stop(['postgres']);
  await set.start(['postgres'], { fsync: false });
  const lax = await checkPostgres({ url: set.env().ASSAY_TEST_POSTGRES as string });
  expect(lax.find(({ check }) => check === 'durability')?.message).toMatch(/fsync, full_page_writes/);
});

it('refuses a wrong password, and no password is shown', async () => {
  url = set.env().ASSAY_TEST_POSTGRES as string;
  await asSuperuser("create role guarded login password 'right'", url);
  const rules = readFileSync(file('pg_hba.conf'), 'utf8');
  writeFileSync(file('pg_hba.conf'), `host all guarded 127.0.0.1/32 scram-sha-256\n${rules}`);
  await asSuperuser('select pg_reload_conf()', url);
  for (const password of ['hush-hush', undefined]) {
    const wrong = changed(url, { user: 'guarded', ...(password === undefined ? {} : { password }) });
    const findings = await checkPostgres({ url: wrong });
    expect(findings.at(-1)).toMatchObject({
      check: 'login',
      state: 'wrong',
      advice: expect.stringMatching(/password/),
    });
    const error = await openPostgres({ url: wrong }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'PLATFORM_INVALID' });
    expect(JSON.stringify([findings, error.message, error.details])).not.toContain('hush-hush');
  }
  const right = await checkPostgres({ url: changed(url, { user: 'guarded', password: 'right' }) });
  expect(right.find(({ check }) => check === 'login')).toMatchObject({ state: 'ok' });
});

it('that is a standby is refused', async () => {
  await set.stop(['postgres']);
  writeFileSync(file('standby.signal'), '');
  await set.start(['postgres']);
  url = set.env().ASSAY_TEST_POSTGRES as string;
  const findings = await checkPostgres({ url });
  expect(findings.find(({ check }) => check === 'writable')?.message).toMatch(/standby/);
  await expect(openPostgres({ url })).rejects.toMatchObject({ code: 'PLATFORM_INVALID' });
});

function whenOver(): { signal: Promise<void>; letGo: () => void } {
  let letGo: () => void = () => {};
  const signal = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { signal, letGo };
}
