import { vi } from 'vitest';
import { AssayError } from '../../../../src/errors.js';
import { openRedisCache, type RedisCache, type RedisCacheOptions } from '../../../../src/platform/cache/redis/index.js';

const opened: RedisCache[] = [];

/** A cache as a process of its own would have it: its own memory, its own connections. */
export async function openCache(
  options: Pick<RedisCacheOptions, 'url' | 'namespace'> & Partial<RedisCacheOptions>,
): Promise<RedisCache> {
  const cache = await openRedisCache({
    ttlMs: 3_600_000,
    memoryTtlMs: 3_600_000,
    negativeTtlMs: 60_000,
    entries: 1000,
    // However slow the machine is: a test that means a Redis that hangs says so.
    commandMs: 10_000,
    ...options,
  });
  opened.push(cache);
  return cache;
}

export async function closeCaches(): Promise<void> {
  for (const cache of opened.splice(0)) await cache.close();
}

/** Waits for a condition, however long it takes. */
export const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 60_000, interval: 10 });

export const postgresAway = () => Promise.reject(new AssayError('PLATFORM_UNAVAILABLE', 'postgres does not answer'));

export const never = () => Promise.reject(new Error('this was to be known'));
