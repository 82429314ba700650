import type { CacheStats } from './stats.js';

/**
 * The lookup cache: versioned values with a time to live.
 *
 * Contract, held by test/conformance/cache on every adapter:
 * - `set` keeps the value with the greatest version per key: a late write never overwrites a newer one, also not after
 *   `invalidate` of a newer version.
 * - `getOrLoad` runs one load per key at a time; concurrent callers share it. A load that yields null is cached for the
 *   short negative time to live.
 * - A load that finds its server away (PLATFORM_UNAVAILABLE) is answered with the last value known, marked `stale`, for as
 *   long as that is kept; without one the error is thrown.
 */
export interface Cache {
  get<T>(key: string): Promise<CacheEntry<T> | undefined>;
  set<T>(key: string, entry: CacheEntry<T>): Promise<void>;
  getOrLoad<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<T>>;
  /** Forgets the keys up to and including the version given for each. */
  invalidate(keys: readonly { key: string; version: number }[]): Promise<void>;
  /** Lookups by what answered them, for metrics. */
  stats(): CacheStats;
  close(): Promise<void>;
}

export interface CacheEntry<T> {
  /** null: known not to exist. */
  value: T | null;
  version: number;
}

/** An entry and where it came from. */
export interface CachedEntry<T> extends CacheEntry<T> {
  from: 'memory' | 'redis' | 'load';
  /** Past its time: it could not be loaded again. */
  stale?: boolean;
}
