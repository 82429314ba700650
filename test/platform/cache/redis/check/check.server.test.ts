import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkRedis, openRedisCache } from '../../../../../src/platform/cache/redis/index.js';
import { openBullSchedule } from '../../../../../src/platform/schedule/bull/index.js';
import { type OwnServers, ownServers } from '../../../../support/server-control.js';
import { freshNamespace, servers } from '../../../../support/servers.js';

let own: OwnServers;
let url: string;
let admin: Redis;
const namespace = freshNamespace();

// A server of its own, since its settings are changed.
beforeAll(async () => {
  own = await ownServers(['redis']);
  url = own.env.ASSAY_TEST_REDIS!;
  admin = new Redis(url);
});
afterEach(async () => {
  for (const user of ['limited', 'stranger']) await admin.call('ACL', 'DELUSER', user);
  await admin.call('ACL', 'SETUSER', 'default', 'on', 'nopass');
  await admin.config('SET', 'maxmemory', '0');
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
});
afterAll(async () => {
  admin.disconnect();
  await own.close();
});

const check = (address = url, options: { now?: () => number } = {}) =>
  checkRedis({ url: address, namespace, ...options });
const as = (user: string, password: string) => url.replace('redis://', `redis://${user}:${password}@`);
const found = async (name: string, address?: string) =>
  (await check(address)).find((finding) => finding.check === name);

describe('what is found of a Redis', () => {
  it('is nothing when all is well, and nothing is left behind', async () => {
    const findings = await check();
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(findings.map(({ check: name }) => name)).toEqual([
      'address',
      'login',
      'version',
      'mode',
      'role',
      'memory',
      'clock',
      'rights',
    ]);
    expect(await admin.keys('*')).toEqual([]);
  });

  it('names an address where nothing is', async () => {
    expect(await check('redis://127.0.0.1:1')).toMatchObject([
      { check: 'address', state: 'wrong', message: expect.stringContaining('127.0.0.1:1: ') },
    ]);
    expect(await check('redis://no.such.host.invalid')).toMatchObject([{ state: 'wrong' }]);
    expect(await check('http://127.0.0.1')).toMatchObject([
      { state: 'wrong', advice: expect.stringContaining('REDIS_URL') },
    ]);
    expect(await check('127.0.0.1 6379')).toMatchObject([{ state: 'wrong' }]);
  });

  it('names a port that speaks otherwise', async () => {
    const { kafka, postgres, elasticsearch } = servers();
    for (const other of [new URL(elasticsearch).host, new URL(postgres).host, kafka]) {
      const [finding, ...more] = await check(`redis://${other}`);
      expect(finding).toMatchObject({ check: 'address', state: 'wrong' });
      expect(finding?.message).toContain('does not speak as Redis does');
      expect(more).toEqual([]);
    }
    const [tls] = await check(url.replace('redis:', 'rediss:'));
    expect(tls).toMatchObject({ state: 'wrong', message: expect.stringContaining('TLS') });
  });

  it('names a password that is missing, refused or not needed, and never tells it', async () => {
    expect(await found('login', as('', 'unneeded'))).toMatchObject({ state: 'warning' });
    await admin.call('ACL', 'SETUSER', 'default', 'resetpass', '>right');
    expect(await found('login')).toMatchObject({
      state: 'wrong',
      message: expect.stringContaining('wants a password'),
    });
    const refused = await check(as('', 'gue%24sed'));
    expect(refused).toMatchObject([{ state: 'ok' }, { check: 'login', state: 'wrong' }]);
    expect(JSON.stringify(refused)).not.toMatch(/gue/);
    expect(await found('login', as('', 'right'))).toMatchObject({ state: 'ok' });
    expect(await found('login', as('nobody', 'right'))).toMatchObject({ state: 'wrong' });
  });

  it('names a database that is not there', async () => {
    expect(await found('login', `${url}/99`)).toMatchObject({ state: 'wrong' });
    expect(await found('login', `${url}/1`)).toMatchObject({ state: 'ok' });
  });

  it('names a server that removes keys when its memory is full', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await found('memory')).toMatchObject({ state: 'warning', advice: expect.stringContaining('noeviction') });
    await admin.config('SET', 'maxmemory', '100mb');
    expect(await found('memory')).toMatchObject({ state: 'wrong', advice: expect.stringContaining('noeviction') });
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await found('memory')).toMatchObject({ state: 'ok' });
    await admin.config('SET', 'maxmemory', '1');
    expect(await found('rights')).toMatchObject({ state: 'wrong', message: expect.stringContaining('OOM') });
  });

  it('names a replica that takes no writes', async () => {
    await admin.replicaof('127.0.0.1', '1');
    expect(await found('role')).toMatchObject({ state: 'wrong', message: expect.stringContaining('127.0.0.1:1') });
    expect(await found('rights')).toMatchObject({ state: 'wrong', message: expect.stringContaining('READONLY') });
    await admin.replicaof('NO', 'ONE');
    expect(await found('role')).toMatchObject({ state: 'ok' });
  });

  it('names a clock that is not the server’s', async () => {
    const findings = await check(url, { now: () => Date.now() + 60_000 });
    expect(findings.find(({ check: name }) => name === 'clock')).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/behind this machine.*early or late/),
    });
  });

  it('names what a user may not do, and the rights that it advises are enough', async () => {
    await admin.call('ACL', 'SETUSER', 'stranger', 'on', '>secret', '~other:*', '+@all');
    expect(await found('rights', as('stranger', 'secret'))).toMatchObject({
      state: 'wrong',
      message: expect.stringMatching(/HSET.*PUBLISH/),
    });
    await admin.call('ACL', 'SETUSER', 'limited', 'on', '>secret', `~${namespace}:*`, '+@read');
    const limited = await found('rights', as('limited', 'secret'));
    expect(limited?.message).toMatch(/INFO.*EVAL.*BRPOPLPUSH.*PUBLISH/);

    const rules = limited?.advice?.split(' ').slice(3) ?? [];
    await admin.call('ACL', 'SETUSER', 'limited', 'reset', 'on', '>secret', ...rules);
    await admin.call('ACL', 'LOG', 'RESET');
    const findings = await check(as('limited', 'secret'));
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);

    const options = { url: as('limited', 'secret'), namespace };
    const times = { ttlMs: 60_000, memoryTtlMs: 60_000, negativeTtlMs: 60_000, entries: 100 };
    const [one, two] = [await openRedisCache({ ...options, ...times }), await openRedisCache({ ...options, ...times })];
    await one.set('k', { value: 'shared', version: 1 });
    expect(await two.get('k')).toEqual({ value: 'shared', version: 1 });
    await two.invalidate([{ key: 'k', version: 1 }]);
    await one.close();
    await two.close();
    const schedule = await openBullSchedule(options);
    let runs = 0;
    await schedule.define({ name: 'j', when: 'hourly', run: async () => void runs++ });
    await schedule.trigger('j');
    expect(runs).toBe(1);
    await schedule.close();
    // The server's own list of what it refused.
    expect(await admin.call('ACL', 'LOG')).toEqual([]);
  });
});
