/**
 * The lookup cache: versioned values with a time to live.
 *
 * Contract, held by test/conformance/cache on every adapter:
 * - `set` keeps the value with the greatest version per key: a late write never overwrites a newer one, also not after
 *   `invalidate` of a newer version.
 * - `getOrLoad` runs one load per key at a time; concurrent callers share it. A load that yields null is cached for the
 *   short negative time to live.
 */
export interface Cache {
  get<T>(key: string): Promise<CacheEntry<T> | undefined>;
  set<T>(key: string, entry: CacheEntry<T>): Promise<void>;
  getOrLoad<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CacheEntry<T>>;
  /** Forgets the keys up to and including the version given for each. */
  invalidate(keys: readonly { key: string; version: number }[]): Promise<void>;
  close(): Promise<void>;
}

export interface CacheEntry<T> {
  /** null: known not to exist. */
  value: T | null;
  version: number;
}
