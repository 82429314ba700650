import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OwnServers, ownServers } from '../../../support/server-control.js';
import { freshNamespace } from '../../../support/servers.js';
import { closeCaches, never, openCache, postgresAway, until } from './opened.js';
import { Wire } from './wire.js';

let own: OwnServers;
let url: string;
let place: { url: string; namespace: string };
const wires: Wire[] = [];
const wire = async (): Promise<Wire> => {
  const made = await Wire.to(url);
  wires.push(made);
  return made;
};

beforeAll(async () => {
  own = await ownServers(['redis'], { appendonly: true });
  url = own.env.ASSAY_TEST_REDIS!;
});
beforeEach(() => {
  place = { url, namespace: freshNamespace() };
});
afterEach(async () => {
  await closeCaches();
  for (const made of wires.splice(0)) await made.close();
});
afterAll(() => own.close());

const entry = (value: string, version: number) => ({ value, version });
/** Until the cache uses Redis again. */
const uses = (cache: Awaited<ReturnType<typeof openCache>>, key: string) =>
  until(async () => {
    const { skipped } = cache.stats();
    await cache.get(key);
    expect(cache.stats().skipped).toBe(skipped);
  });

describe('a Redis that is killed', () => {
  it('leaves every call working, and is used again when it is back', async () => {
    const warnings: string[] = [];
    const told: string[] = [];
    const logger = {
      warn: (_details: object, text: string) => void warnings.push(text),
      info: (_details: object, text: string) => void told.push(text),
    };
    const cache = await openCache({ ...place, logger });
    await cache.set('before', entry('kept', 1));
    await own.set.kill('redis');
    await cache.set('k', entry('set', 1));
    expect(await cache.get('k')).toEqual(entry('set', 1));
    for (let i = 0; i < 10; i++)
      expect(await cache.getOrLoad(`k${i}`, async () => entry('loaded', i))).toMatchObject({ from: 'load' });
    expect(await cache.getOrLoad('k1', never)).toMatchObject({ from: 'memory' });
    await cache.invalidate([{ key: 'k1', version: 1 }]);
    expect(await cache.get('k1')).toBeUndefined();
    expect(cache.guards()).toMatchObject([{ name: 'redis', breaker: 'open' }]);
    expect(cache.stats().undelivered).toBeGreaterThan(0);
    await own.set.restart('redis');
    await uses(cache, 'nothing');
    expect(cache.stats().undelivered).toBe(0);
    expect(warnings).toEqual(['redis is away: lookups go on without it']);
    expect(told).toEqual(['redis is back']);
    await cache.set('k2', entry('new', 9));
    expect((await (await openCache(place)).get('k2'))?.value).toBe('new');
  });

  it('gives no value as fresh that it kept from before, since its invalidation may have been missed', async () => {
    const reader = await openCache(place);
    await reader.getOrLoad('k', async () => entry('old', 1));
    const writer = await openCache(place);
    await own.set.kill('redis');
    await writer.invalidate([{ key: 'k', version: 1 }]);
    // It dies with an invalidation that it could not deliver.
    await writer.close();
    await own.set.restart('redis');
    const later = await openCache(place);
    expect(await later.get('k')).toBeUndefined();
    expect(await later.getOrLoad('k', postgresAway)).toMatchObject({ ...entry('old', 1), stale: true });
    expect((await later.getOrLoad('k', async () => entry('new', 2))).from).toBe('load');
    await until(async () => expect((await reader.get('k'))?.value).toBe('new'));
  });

  it('is not needed to open', async () => {
    await own.set.kill('redis');
    const cache = await openCache(place);
    expect(await cache.getOrLoad('k', async () => entry('loaded', 1))).toMatchObject({ from: 'load' });
    expect(cache.guards()[0]?.lastError).toMatch(/ECONNREFUSED|connect/);
    await own.set.restart('redis');
    await uses(cache, 'nothing');
    await cache.set('k', entry('two', 2));
    expect((await (await openCache(place)).get('k'))?.value).toBe('two');
  });
});

describe('a process that is cut off from a Redis that runs on', () => {
  it('delivers its invalidations when it is back, before it uses Redis', async () => {
    const way = await wire();
    const [cut, other] = [await openCache({ ...place, url: way.url }), await openCache(place)];
    await other.set('k', entry('old', 1));
    expect((await cut.get('k'))?.value).toBe('old');
    way.cut();
    await cut.invalidate([{ key: 'k', version: 1 }]);
    expect(await cut.get('k')).toBeUndefined();
    expect(cut.stats().undelivered).toBe(1);
    way.mend();
    await until(async () => expect(await other.get('k')).toBeUndefined());
    await other.set('k', entry('late', 1));
    expect(await other.get('k')).toBeUndefined();
    expect(cut.stats()).toMatchObject({ undelivered: 0, flushed: 0 });
  });

  it('declares all of Redis out of date when it missed more invalidations than it can keep', async () => {
    const way = await wire();
    const [cut, other] = [await openCache({ ...place, url: way.url, entries: 100 }), await openCache(place)];
    await other.set('untouched', entry('old', 1));
    way.cut();
    await cut.invalidate(Array.from({ length: 10_500 }, (_, i) => ({ key: `k${i}`, version: 1 })));
    way.mend();
    await until(async () => expect(await other.get('untouched')).toBeUndefined());
    expect(await other.getOrLoad('untouched', postgresAway)).toMatchObject({ ...entry('old', 1), stale: true });
    expect(await other.getOrLoad('untouched', async () => entry('old', 1))).toMatchObject({ from: 'load' });
    await uses(cut, 'nothing');
    expect(cut.stats()).toMatchObject({ undelivered: 0, flushed: 1 });
  });

  it('does not write what it began to load before everything was declared out of date', async () => {
    const way = await wire();
    const [slow, cut] = [await openCache(place), await openCache({ ...place, url: way.url, entries: 100 })];
    let finish: (value: { value: string; version: number }) => void = () => {};
    let begun = false;
    const loading = slow.getOrLoad<string>('k', () => {
      begun = true;
      return new Promise((resolve) => (finish = resolve));
    });
    await until(() => expect(begun).toBe(true));
    way.cut();
    await cut.invalidate(Array.from({ length: 10_500 }, (_, i) => ({ key: `k${i}`, version: 1 })));
    way.mend();
    await until(() => expect(cut.stats().flushed).toBe(1));
    finish(entry('read before', 1));
    expect((await loading).value).toBe('read before');
    expect(await slow.get('k')).toBeUndefined();
    expect(await (await openCache(place)).get('k')).toBeUndefined();
  });

  it('trusts its memory for a short time only, and not at all once it listens again', async () => {
    const way = await wire();
    const cut = await openCache({ ...place, url: way.url, memoryTtlMs: 200 });
    const other = await openCache(place);
    await other.set('k', entry('old', 1));
    expect((await cut.get('k'))?.value).toBe('old');
    way.cut();
    await other.set('k', entry('new', 2));
    await until(async () => expect(await cut.get('k')).toBeUndefined());
    expect(await cut.getOrLoad('k', postgresAway)).toMatchObject({ ...entry('old', 1), from: 'memory', stale: true });
    const patient = await openCache({ ...place, url: way.url });
    way.mend();
    await until(async () => expect((await cut.get('k'))?.value).toBe('new'));
    await until(async () => expect((await patient.get('k'))?.value).toBe('new'));
    way.cut();
    await other.set('k', entry('newest', 3));
    way.mend();
    await until(async () => expect((await patient.get('k'))?.value).toBe('newest'));
  });

  it('finds out when nothing comes through a connection that stays', async () => {
    const way = await wire();
    const cut = await openCache({ ...place, url: way.url, memoryTtlMs: 400, commandMs: 200 });
    const other = await openCache(place);
    await other.set('k', entry('old', 1));
    expect((await cut.get('k'))?.value).toBe('old');
    way.hold();
    await other.set('k', entry('new', 2));
    await until(async () => expect(await cut.get('k')).toBeUndefined());
    expect(await cut.getOrLoad('k', async () => entry('new', 2))).toMatchObject({ from: 'load' });
    await until(async () => {
      await cut.get('nothing');
      expect(cut.guards()[0]).toMatchObject({ breaker: 'open' });
    });
  });
});
