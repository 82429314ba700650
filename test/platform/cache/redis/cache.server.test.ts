import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CacheEntry } from '../../../../src/platform/cache/index.js';
import { servers } from '../../../support/servers.js';
import { forgetNamespaces, redisNamespace } from './namespace.js';
import { closeCaches, never, openCache, postgresAway, until } from './opened.js';

let place: { url: string; namespace: string };
beforeEach(() => {
  place = { url: servers().redis, namespace: redisNamespace() };
});
afterEach(closeCaches);
afterAll(forgetNamespaces);

const entry = (value: string, version: number): CacheEntry<string> => ({ value, version });

describe('two processes over one Redis', () => {
  it('share what one of them loaded', async () => {
    const [one, two] = [await openCache(place), await openCache(place)];
    await one.getOrLoad('k', async () => entry('loaded', 3));
    expect(await two.getOrLoad('k', never)).toEqual({ ...entry('loaded', 3), from: 'redis' });
    expect(await two.getOrLoad('k', never)).toEqual({ ...entry('loaded', 3), from: 'memory' });
    expect(one.stats()).toMatchObject({ load: 1, redis: 0, memory: 0 });
    expect(two.stats()).toMatchObject({ load: 0, redis: 1, memory: 1 });
    expect(two.guards()).toMatchObject([{ name: 'redis', breaker: 'closed', failures: 0 }]);
  });

  it('see each other’s invalidations and newer values', async () => {
    const [one, two] = [await openCache(place), await openCache(place)];
    await one.set('k', entry('old', 1));
    expect((await two.get('k'))?.value).toBe('old');
    await one.invalidate([{ key: 'k', version: 1 }]);
    await until(async () => expect(await two.get('k')).toBeUndefined());
    await two.set('k', entry('new', 2));
    expect((await one.get('k'))?.value).toBe('new');
    await two.set('k', entry('newest', 3));
    await until(async () => expect((await one.get('k'))?.value).toBe('newest'));
  });

  it('lose a write that comes after the invalidation of its version, wherever it comes from', async () => {
    const [one, two, three] = [await openCache(place), await openCache(place), await openCache(place)];
    await one.invalidate([{ key: 'k', version: 4 }]);
    await two.set('k', entry('late', 4));
    expect(await one.get('k')).toBeUndefined();
    expect(await two.get('k')).toBeUndefined();
    await two.set('k', entry('new', 5));
    await three.set('k', entry('late', 4));
    for (const cache of [one, two, three]) expect((await cache.get('k'))?.value).toBe('new');
    expect(three.stats().late).toBe(1);
  });

  it('drop what was being loaded when another process invalidated it', async () => {
    const [one, two] = [await openCache(place), await openCache(place)];
    let finish: (value: CacheEntry<string>) => void = () => {};
    let begun = false;
    const old = one.getOrLoad<string>('k', () => {
      begun = true;
      return new Promise((resolve) => (finish = resolve));
    });
    await until(() => expect(begun).toBe(true));
    await two.invalidate([{ key: 'k', version: 1 }]);
    // The lock of the first load must not hold this one up, nor may its value come back.
    expect(await two.getOrLoad('k', async () => entry('new', 2))).toEqual({ ...entry('new', 2), from: 'load' });
    finish(entry('old', 1));
    expect((await old).value).toBe('old');
    for (const cache of [one, two]) expect(await cache.get('k')).toEqual(entry('new', 2));
  });

  it('load a key once between them', async () => {
    const caches = [await openCache(place), await openCache(place), await openCache(place)];
    let loads = 0;
    const load = async () => {
      loads++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return entry('loaded', 1);
    };
    const got = await Promise.all([...caches, ...caches].map((cache) => cache.getOrLoad('k', load)));
    expect(got.every(({ value }) => value === 'loaded')).toBe(true);
    expect(loads).toBe(1);
    expect(got.filter(({ from }) => from === 'redis').length).toBe(4);
  });

  it('do not wait for one that took the lock and died', async () => {
    const cache = await openCache(place);
    const redis = new Redis(place.url);
    await redis.set(`${place.namespace}:cache:lock:k`, 'of a dead process', 'PX', 600_000);
    redis.disconnect();
    expect(await cache.getOrLoad('k', async () => entry('loaded', 1))).toEqual({ ...entry('loaded', 1), from: 'load' });
    expect(cache.stats().waited).toBe(1);
    expect((await (await openCache(place)).get('k'))?.value).toBe('loaded');
  });

  it('answer with what Redis kept past its time while the database is away', async () => {
    const one = await openCache({ ...place, ttlMs: 20 });
    await one.getOrLoad('k', async () => entry('known', 7));
    await until(async () => expect(await one.get('k')).toBeUndefined());
    const two = await openCache(place);
    expect(await two.getOrLoad('k', postgresAway)).toEqual({ ...entry('known', 7), from: 'redis', stale: true });
    expect(two.stats()).toMatchObject({ stale: 1, redis: 0, load: 1 });
    // The lock was given back: the next one need not wait.
    expect((await one.getOrLoad('k', async () => entry('newer', 8))).value).toBe('newer');
    expect(one.stats().waited).toBe(0);
  });

  it('begin anew when Redis was emptied', async () => {
    const [one, two] = [await openCache({ ...place, memoryTtlMs: 1 }), await openCache({ ...place, memoryTtlMs: 1 })];
    await one.set('k', entry('old', 1));
    const redis = new Redis(place.url);
    await redis.del(...(await redis.keys(`${place.namespace}:*`)));
    redis.disconnect();
    await until(async () => {
      await one.getOrLoad('k', async () => entry('again', 1));
      expect((await two.get('k'))?.value).toBe('again');
    });
  });

  it('keep the namespaces apart', async () => {
    const [one, other] = [await openCache(place), await openCache({ ...place, namespace: redisNamespace() })];
    await one.set('k', entry('mine', 1));
    expect(await other.get('k')).toBeUndefined();
    await other.invalidate([{ key: 'k', version: 9 }]);
    expect((await one.get('k'))?.value).toBe('mine');
  });
});
