import { LRUCache } from 'lru-cache';
import type { Cache, CachedEntry, CacheEntry } from './port.js';

export interface MemoryCacheOptions {
  /** Keys that are kept; the least recently used go first. */
  max?: number;
  ttlMs?: number;
  /** For what is known not to exist. */
  negativeTtlMs?: number;
}

interface Slot {
  /** Absent: invalidated, and only the version is remembered. */
  entry?: CacheEntry<unknown>;
  /** Greatest version seen: nothing older is taken in. */
  version: number;
}

/** A cache in this process's memory. */
export function createMemoryCache(options: MemoryCacheOptions = {}): Cache {
  return new MemoryCache(options);
}

class MemoryCache implements Cache {
  readonly #slots: LRUCache<string, Slot>;
  readonly #loads = new Map<string, Promise<CacheEntry<unknown>>>();
  readonly #negativeTtl: number;

  constructor({ max = 50_000, ttlMs = 300_000, negativeTtlMs = 5_000 }: MemoryCacheOptions) {
    this.#slots = new LRUCache({ max, ttl: ttlMs });
    this.#negativeTtl = negativeTtlMs;
  }

  async get<T>(key: string): Promise<CacheEntry<T> | undefined> {
    return this.#slots.get(key)?.entry as CacheEntry<T> | undefined;
  }

  async set<T>(key: string, entry: CacheEntry<T>): Promise<void> {
    this.#put(key, entry);
  }

  async getOrLoad<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<T>> {
    const known = this.#slots.get(key)?.entry as CacheEntry<T> | undefined;
    if (known !== undefined) return { ...known, from: 'memory' };
    let loading = this.#loads.get(key) as Promise<CacheEntry<T>> | undefined;
    if (loading === undefined) {
      const started = load()
        .then((entry) => {
          this.#put(key, entry);
          return entry;
        })
        .finally(() => {
          if (this.#loads.get(key) === started) this.#loads.delete(key);
        });
      loading = started;
      this.#loads.set(key, loading);
    }
    return { ...(await loading), from: 'load' };
  }

  async invalidate(keys: readonly { key: string; version: number }[]): Promise<void> {
    for (const { key, version } of keys) {
      // A load under way may have read the old value: who asks from now on gets a new one.
      this.#loads.delete(key);
      const slot = this.#slots.peek(key);
      if (slot === undefined || slot.version <= version) this.#slots.set(key, { version: version + 1 });
    }
  }

  async close(): Promise<void> {
    this.#slots.clear();
  }

  #put(key: string, entry: CacheEntry<unknown>): void {
    const before = this.#slots.peek(key);
    if (before !== undefined && before.version > entry.version) return;
    const slot: Slot = { entry, version: entry.version };
    if (entry.value === null) this.#slots.set(key, slot, { ttl: this.#negativeTtl });
    else this.#slots.set(key, slot);
  }
}
