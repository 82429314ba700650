import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache, CacheEntry } from '../../src/platform/cache/index.js';

export interface OpenedCache {
  cache: Cache;
  /** Lets the negative time to live pass, but not the ordinary one. */
  passNegativeTtl(): Promise<void>;
}

/** What the cache's contract promises, for any adapter. */
export function describeCache(name: string, open: () => Promise<OpenedCache>): void {
  describe(`cache contract: ${name}`, () => {
    let opened: OpenedCache;
    let cache: Cache;
    beforeEach(async () => {
      opened = await open();
      cache = opened.cache;
    });
    afterEach(() => cache.close());

    it('keeps the greatest version, whatever the order of writes', async () => {
      expect(await cache.get('k')).toBeUndefined();
      await cache.set('k', { value: 'two', version: 2 });
      await cache.set('k', { value: 'one', version: 1 });
      expect(await cache.get('k')).toEqual({ value: 'two', version: 2 });
      await cache.set('k', { value: 'three', version: 3 });
      expect(await cache.get('k')).toEqual({ value: 'three', version: 3 });
    });

    it('forgets what was invalidated, and takes no older value in again', async () => {
      await cache.set('k', { value: 'one', version: 1 });
      await cache.set('new', { value: 'five', version: 5 });
      await cache.invalidate([
        { key: 'k', version: 2 },
        { key: 'new', version: 4 },
        { key: 'unseen', version: 7 },
      ]);
      expect(await cache.get('k')).toBeUndefined();
      expect(await cache.get('new')).toEqual({ value: 'five', version: 5 });
      await cache.set('k', { value: 'late', version: 2 });
      await cache.set('unseen', { value: 'late', version: 7 });
      expect(await cache.get('k')).toBeUndefined();
      expect(await cache.get('unseen')).toBeUndefined();
      await cache.set('k', { value: 'three', version: 3 });
      expect(await cache.get('k')).toEqual({ value: 'three', version: 3 });
    });

    it('loads once for all who ask at the same time', async () => {
      let loads = 0;
      const load = async (): Promise<CacheEntry<string>> => {
        loads++;
        await new Promise((resolve) => setImmediate(resolve));
        return { value: 'loaded', version: 1 };
      };
      const got = await Promise.all([1, 2, 3].map(() => cache.getOrLoad('k', load)));
      expect(got.map((entry) => entry.value)).toEqual(['loaded', 'loaded', 'loaded']);
      await cache.getOrLoad('k', load);
      expect(loads).toBe(1);
    });

    it('does not give a value that was being loaded to who asks after its invalidation', async () => {
      let finish: (entry: CacheEntry<string>) => void = () => {};
      const old = cache.getOrLoad<string>('k', () => new Promise((resolve) => (finish = resolve)));
      await cache.invalidate([{ key: 'k', version: 1 }]);
      const fresh = await cache.getOrLoad('k', async () => ({ value: 'new', version: 2 }));
      finish({ value: 'old', version: 1 });
      expect((await old).value).toBe('old');
      expect(fresh.value).toBe('new');
      expect(await cache.get('k')).toEqual({ value: 'new', version: 2 });
    });

    it('remembers for a short time that there is nothing', async () => {
      const load = async (): Promise<CacheEntry<string>> => ({ value: null, version: 0 });
      expect((await cache.getOrLoad('gone', load)).value).toBeNull();
      await cache.set('there', { value: 'x', version: 1 });
      expect(await cache.get('gone')).toEqual({ value: null, version: 0 });
      await opened.passNegativeTtl();
      expect(await cache.get('gone')).toBeUndefined();
      expect(await cache.get('there')).toBeDefined();
    });

    it('tries again after a load that failed', async () => {
      await expect(cache.getOrLoad('k', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect((await cache.getOrLoad('k', async () => ({ value: 1, version: 1 }))).value).toBe(1);
    });
  });
}
