import { isUnavailable } from '../guard.js';
import { Loads } from './loads.js';
import type { Cache, CachedEntry, CacheEntry } from './port.js';
import { jittered, now, Slots } from './slots.js';
import { type CacheStats, noStats } from './stats.js';

export interface MemoryCacheOptions {
  /** Keys that are kept; the least recently used go first. */
  max?: number;
  ttlMs?: number;
  /** For what is known not to exist. */
  negativeTtlMs?: number;
}

/** A cache in this process's memory. */
export function createMemoryCache(options: MemoryCacheOptions = {}): Cache & { stats(): CacheStats } {
  return new MemoryCache(options);
}

class MemoryCache implements Cache {
  readonly #slots: Slots;
  readonly #loads = new Loads();
  readonly #stats = noStats();
  readonly #ttl: number;
  readonly #negativeTtl: number;

  constructor({ max = 50_000, ttlMs = 300_000, negativeTtlMs = 5_000 }: MemoryCacheOptions) {
    this.#slots = new Slots(max);
    this.#ttl = ttlMs;
    this.#negativeTtl = negativeTtlMs;
  }

  async get<T>(key: string): Promise<CacheEntry<T> | undefined> {
    const slot = this.#slots.get(key);
    return slot !== undefined && now() < slot.freshUntil ? (slot.entry as CacheEntry<T>) : undefined;
  }

  async set<T>(key: string, entry: CacheEntry<T>): Promise<void> {
    this.#put(key, entry, Number.NEGATIVE_INFINITY);
  }

  async getOrLoad<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<T>> {
    const known = await this.get<T>(key);
    if (known !== undefined) {
      this.#stats.memory++;
      if (known.value === null) this.#stats.negative++;
      return { ...known, from: 'memory' };
    }
    const entry = await this.#loads.share(
      key,
      () => this.#load(key, load),
      () => this.#stats.shared++,
    );
    if (entry.stale) this.#stats.stale++;
    if (entry.value === null) this.#stats.negative++;
    return { ...entry };
  }

  async invalidate(keys: readonly { key: string; version: number }[]): Promise<void> {
    for (const { key, version } of keys) {
      this.#loads.part(key);
      this.#slots.raise(key, version + 1);
      this.#stats.invalidated++;
    }
  }

  stats(): CacheStats {
    return { ...this.#stats };
  }

  async close(): Promise<void> {
    this.#slots.clear();
  }

  async #load<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<T>> {
    const readAt = now();
    this.#stats.load++;
    try {
      const entry = await load();
      this.#put(key, entry, readAt);
      return { ...entry, from: 'load' };
    } catch (error) {
      const last = isUnavailable(error) ? this.#slots.last(key) : undefined;
      if (last === undefined) throw error;
      return { ...(last.entry as CacheEntry<T>), from: 'memory', stale: true };
    }
  }

  #put(key: string, entry: CacheEntry<unknown>, readAt: number): void {
    const putAt = now();
    const ttl = entry.value === null ? this.#negativeTtl : jittered(this.#ttl);
    const kept = this.#slots.put(key, { entry, readAt, putAt, freshUntil: putAt + ttl, period: 0 });
    if (!kept) this.#stats.late++;
  }
}
