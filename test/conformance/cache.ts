import { afterEach, describe, expect, it, vi } from 'vitest';
import { AssayError } from '../../src/errors.js';
import type { Cache, CacheEntry } from '../../src/platform/cache/index.js';

export interface CacheTimes {
  ttlMs: number;
  negativeTtlMs: number;
}

const LONG: CacheTimes = { ttlMs: 3_600_000, negativeTtlMs: 3_600_000 };
const away = () => Promise.reject(new AssayError('PLATFORM_UNAVAILABLE', 'postgres does not answer'));

/** What the cache's contract promises, for any adapter. Each cache that is opened is empty. */
export function describeCache(name: string, openWith: (times: CacheTimes) => Promise<Cache>): void {
  describe(`cache contract: ${name}`, () => {
    const opened: Cache[] = [];
    const open = async (times: Partial<CacheTimes> = {}): Promise<Cache> => {
      const cache = await openWith({ ...LONG, ...times });
      opened.push(cache);
      return cache;
    };
    afterEach(async () => {
      for (const cache of opened.splice(0)) await cache.close();
    });
    /** Until the key's time has passed. */
    const passes = (cache: Cache, key: string) =>
      vi.waitFor(async () => expect(await cache.get(key)).toBeUndefined(), { timeout: 20_000, interval: 5 });

    it('keeps the greatest version, whatever the order of writes', async () => {
      const cache = await open();
      expect(await cache.get('k')).toBeUndefined();
      await cache.set('k', { value: 'two', version: 2 });
      await cache.set('k', { value: 'one', version: 1 });
      expect(await cache.get('k')).toEqual({ value: 'two', version: 2 });
      await cache.set('k', { value: 'three', version: 3 });
      expect(await cache.get('k')).toEqual({ value: 'three', version: 3 });
    });

    it('gives back what was put in: texts, numbers, lists, objects, and versions up to the greatest', async () => {
      const cache = await open();
      const value = {
        title: 'Kaffeemühle „Größe 1“ ☕\n',
        price: 12.5,
        none: null,
        sources: ['a', ''],
        deep: [{ x: true }],
      };
      await cache.set('g-ü:1 {x}', { value, version: Number.MAX_SAFE_INTEGER });
      expect(await cache.get('g-ü:1 {x}')).toEqual({ value, version: Number.MAX_SAFE_INTEGER });
      expect((await cache.getOrLoad('g-ü:1 {x}', away)).value).toEqual(value);
    });

    it('forgets what was invalidated, and takes no older value in again', async () => {
      const cache = await open();
      await cache.set('k', { value: 'one', version: 1 });
      await cache.set('new', { value: 'five', version: 5 });
      await cache.invalidate([
        { key: 'k', version: 2 },
        { key: 'new', version: 4 },
        { key: 'unseen', version: 7 },
        { key: 'gone', version: Number.MAX_SAFE_INTEGER },
      ]);
      expect(await cache.get('k')).toBeUndefined();
      expect(await cache.get('new')).toEqual({ value: 'five', version: 5 });
      await cache.set('k', { value: 'late', version: 2 });
      await cache.set('unseen', { value: 'late', version: 7 });
      await cache.set('gone', { value: 'late', version: 1_000_000 });
      for (const key of ['k', 'unseen', 'gone']) expect(await cache.get(key)).toBeUndefined();
      await cache.set('k', { value: 'three', version: 3 });
      expect(await cache.get('k')).toEqual({ value: 'three', version: 3 });
      await cache.invalidate([{ key: 'k', version: 1 }]);
      expect(await cache.get('k')).toEqual({ value: 'three', version: 3 });
      await cache.invalidate([]);
    });

    it('takes many invalidations at once', async () => {
      const cache = await open();
      const keys = Array.from({ length: 1200 }, (_, i) => `k${i}`);
      await cache.set('k1199', { value: 'old', version: 1 });
      await cache.invalidate(keys.map((key) => ({ key, version: 1 })));
      expect(await cache.get('k1199')).toBeUndefined();
      await cache.set('k700', { value: 'late', version: 1 });
      expect(await cache.get('k700')).toBeUndefined();
    });

    it('loads once for all who ask at the same time', async () => {
      const cache = await open();
      let loads = 0;
      const load = async (): Promise<CacheEntry<string>> => {
        loads++;
        await new Promise((resolve) => setImmediate(resolve));
        return { value: 'loaded', version: 1 };
      };
      const got = await Promise.all([1, 2, 3].map(() => cache.getOrLoad('k', load)));
      expect(got.map((entry) => entry.value)).toEqual(['loaded', 'loaded', 'loaded']);
      expect(got[0]).toEqual({ value: 'loaded', version: 1, from: 'load' });
      expect(await cache.getOrLoad('k', load)).toEqual({ value: 'loaded', version: 1, from: 'memory' });
      expect(loads).toBe(1);
      await Promise.all(['a', 'b'].map((key) => cache.getOrLoad(key, load)));
      expect(loads).toBe(3);
    });

    it('does not give a value that was being loaded to who asks after its invalidation', async () => {
      const cache = await open();
      let finish: (entry: CacheEntry<string>) => void = () => {};
      let begun: () => void = () => {};
      const beginning = new Promise<void>((resolve) => (begun = resolve));
      const old = cache.getOrLoad<string>('k', () => {
        begun();
        return new Promise((resolve) => (finish = resolve));
      });
      await beginning;
      await cache.invalidate([{ key: 'k', version: 1 }]);
      const fresh = await cache.getOrLoad('k', async () => ({ value: 'new', version: 2 }));
      finish({ value: 'old', version: 1 });
      expect((await old).value).toBe('old');
      expect(fresh.value).toBe('new');
      expect(await cache.get('k')).toEqual({ value: 'new', version: 2 });
    });

    it('remembers for a short time that there is nothing', async () => {
      const load = async (): Promise<CacheEntry<string>> => ({ value: null, version: 0 });
      const cache = await open();
      expect((await cache.getOrLoad('gone', load)).value).toBeNull();
      expect(await cache.get('gone')).toEqual({ value: null, version: 0 });
      const short = await open({ negativeTtlMs: 20 });
      await short.set('there', { value: 'x', version: 1 });
      await short.getOrLoad('gone', load);
      await passes(short, 'gone');
      expect(await short.get('there')).toBeDefined();
      expect((await short.getOrLoad('gone', async () => ({ value: 'came', version: 1 }))).value).toBe('came');
    });

    it('tries again after a load that failed', async () => {
      const cache = await open();
      await expect(cache.getOrLoad('k', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect((await cache.getOrLoad('k', async () => ({ value: 1, version: 1 }))).value).toBe(1);
    });

    it('loads again what is past its time, also when it went back to a lesser version', async () => {
      const cache = await open({ ttlMs: 30 });
      await cache.getOrLoad('k', async () => ({ value: 'nine', version: 9 }));
      await passes(cache, 'k');
      const again = await cache.getOrLoad('k', async () => ({ value: 'moved', version: 0 }));
      expect(again).toEqual({ value: 'moved', version: 0, from: 'load' });
      await passes(cache, 'k');
      expect((await cache.getOrLoad('k', away)).value).toBe('moved');
    });

    it('answers with the last value known, marked stale, while the server of the load is away', async () => {
      const cache = await open({ ttlMs: 30 });
      await cache.getOrLoad('k', async () => ({ value: 'known', version: 3 }));
      await passes(cache, 'k');
      expect(await cache.getOrLoad('k', away)).toMatchObject({ value: 'known', version: 3, stale: true });
      expect(await cache.get('k')).toBeUndefined();
      await expect(cache.getOrLoad('k', () => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
      await expect(cache.getOrLoad('never seen', away)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
      const back = await cache.getOrLoad('k', async () => ({ value: 'newer', version: 4 }));
      expect(back).toEqual({ value: 'newer', version: 4, from: 'load' });
    });

    it('never answers with what was invalidated, nor for long that there is nothing, while the server is away', async () => {
      const cache = await open({ negativeTtlMs: 20 });
      await cache.set('k', { value: 'withdrawn', version: 3 });
      await cache.invalidate([{ key: 'k', version: 3 }]);
      await expect(cache.getOrLoad('k', away)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
      await cache.getOrLoad('none', async () => ({ value: null, version: 0 }));
      await passes(cache, 'none');
      await expect(cache.getOrLoad('none', away)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    });
  });
}
