import { setTimeout as sleep } from 'node:timers/promises';
import { type GuardState, isUnavailable } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import { Loads } from '../loads.js';
import type { Cache, CachedEntry, CacheEntry } from '../port.js';
import { jittered, KEEP_MS, now, type Slot, Slots } from '../slots.js';
import { type CacheStats, noStats } from '../stats.js';
import { redisClient } from './client.js';
import { Keys } from './keys.js';
import { type Found, RedisLevel } from './level.js';
import { type News, Teller } from './news.js';
import { Subscription } from './subscription.js';

const COMMAND_MS = 200;
/** How long the load of another process is waited for, and how often it is asked after. */
const WAIT_MS = 500;
const ASK_MS = 20;
/** How many answers' time the opening waits for Redis; without it the cache works at once, in memory. */
const PATIENCE = 5;

export interface RedisCacheOptions {
  /** `redis://[user:password@]host:port[/database]`, `rediss://` with TLS. */
  url: string;
  namespace: string;
  /** How long values are fresh. */
  ttlMs: number;
  /** How long a process trusts its own copy while it is not told of invalidations. */
  memoryTtlMs: number;
  /** How long it is remembered that there is nothing. */
  negativeTtlMs: number;
  /** Most keys in this process's memory. */
  entries: number;
  logger?: PlatformLogger;
  /** How long one answer of Redis is waited for, 200 ms by default: a lookup of the database takes less. */
  commandMs?: number;
}

export interface RedisCache extends Cache {
  guards(): GuardState[];
  stats(): CacheStats;
}

/**
 * A cache in this process's memory over one that all processes share in Redis. Without Redis every call works, in memory.
 *
 * What is guaranteed of values that are not marked stale:
 * - Once `invalidate` returned, this process never answers with what was invalidated, and no process after it was told
 *   (a message over Redis; milliseconds). A process that cannot be told – its connection is gone, or hangs – trusts its
 *   memory for `memoryTtlMs` from when it last heard.
 * - An invalidation that Redis could not be given is kept and delivered when it is back, before this process uses Redis
 *   again. More of them than can be kept, and a Redis that was restarted or replaced by its replica (another run id),
 *   begin a new epoch: nothing that was written before is fresh, and no load that began before is written.
 * - The one gap: a process that is cut off from a Redis that runs on and serves others, and that dies before it is back. The
 *   values it meant stay fresh for at most `ttlMs`.
 *
 * Values are kept for 24 hours beyond their time, to answer with, marked stale, while they cannot be loaded again;
 * what was invalidated is not.
 *
 * @throws AssayError CONFIG_INVALID when the URL is none of Redis; never because Redis is away.
 */
export async function openRedisCache(options: RedisCacheOptions): Promise<RedisCache> {
  const cache = new LeveledCache(options);
  await Promise.race([cache.began, sleep(PATIENCE * (options.commandMs ?? COMMAND_MS), undefined, { ref: false })]);
  return cache;
}

class LeveledCache implements RedisCache {
  readonly #options: RedisCacheOptions;
  readonly #slots: Slots;
  readonly #loads = new Loads();
  readonly #stats = noStats();
  readonly #teller = new Teller();
  readonly #redis: RedisLevel;
  readonly #subscription: Subscription;

  constructor(options: RedisCacheOptions) {
    this.#options = options;
    this.#slots = new Slots(options.entries);
    const keys = new Keys(options.namespace);
    // Nothing waits in a queue for Redis: a call without it does without it, and what hangs is given up.
    const commandMs = options.commandMs ?? COMMAND_MS;
    const client = () =>
      redisClient(options.url, {
        enableOfflineQueue: false,
        autoResubscribe: false,
        autoResendUnfulfilledCommands: false,
        maxRetriesPerRequest: 0,
        commandTimeout: commandMs,
        socketTimeout: 10 * commandMs,
      });
    const beat = Math.min(Math.max(options.memoryTtlMs / 4, 50), 2000);
    this.#subscription = new Subscription(client(), keys.channel, beat, (news) => this.#hear(news));
    const { logger } = options;
    this.#redis = new RedisLevel({
      client: client(),
      keys,
      teller: this.#teller,
      stats: this.#stats,
      commandMs,
      ...(logger && { logger }),
    });
  }

  /** Resolves when Redis can be used and is listened to, or is known to be away. */
  get began(): Promise<unknown> {
    return Promise.all([this.#redis.began, this.#subscription.began]);
  }

  async get<T>(key: string): Promise<CacheEntry<T> | undefined> {
    const slot = this.#trusted(key);
    if (slot !== undefined) return slot.entry as CacheEntry<T>;
    const read = this.#reading();
    const found = await this.#redis.read(key);
    return found !== undefined && this.#take(key, found, read) ? (found.entry as CacheEntry<T>) : undefined;
  }

  async set<T>(key: string, entry: CacheEntry<T>): Promise<void> {
    const freshMs = this.#freshMs(entry);
    const read = { ...this.#reading(), readAt: Number.NEGATIVE_INFINITY };
    if (!this.#put(key, entry, freshMs, read)) return;
    const outcome = await this.#redis.write(key, entry, { freshMs, keepMs: this.#keepMs(entry) });
    if (outcome === 'older') this.#drop(key, entry);
  }

  async getOrLoad<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<T>> {
    const slot = this.#trusted(key);
    const answer: CachedEntry<unknown> =
      slot !== undefined
        ? { ...slot.entry, from: 'memory' }
        : await this.#loads.share(
            key,
            () => this.#fill(key, load),
            () => this.#stats.shared++,
          );
    if (answer.stale) this.#stats.stale++;
    else if (answer.from !== 'load') this.#stats[answer.from]++;
    if (answer.value === null) this.#stats.negative++;
    return { ...answer } as CachedEntry<T>;
  }

  async invalidate(keys: readonly { key: string; version: number }[]): Promise<void> {
    const items = keys.map(({ key, version }): [string, number] => [key, version + 1]);
    this.#forget(items);
    this.#stats.invalidated += items.length;
    await this.#redis.invalidate(items);
  }

  guards(): GuardState[] {
    return [this.#redis.guard()];
  }

  stats(): CacheStats {
    return { ...this.#stats };
  }

  async close(): Promise<void> {
    this.#subscription.close();
    await this.#redis.close();
    this.#slots.clear();
  }

  async #fill<T>(key: string, load: () => Promise<CacheEntry<T>>): Promise<CachedEntry<unknown>> {
    const token = this.#teller.token();
    const deadline = now() + WAIT_MS;
    let read = this.#reading();
    let found = await this.#redis.read(key, token);
    for (let asked = 0; ; asked++) {
      if (found?.entry !== undefined && this.#take(key, found, read)) return { ...found.entry, from: 'redis' };
      if (found === undefined || found.locked || found.leftMs > 0 || now() > deadline) break;
      if (asked === 0) this.#stats.waited++;
      await sleep(ASK_MS);
      read = this.#reading();
      found = await this.#redis.read(key, token);
    }
    return await this.#load(key, load, found, token);
  }

  async #load<T>(
    key: string,
    load: () => Promise<CacheEntry<T>>,
    found: Found | undefined,
    token: string,
  ): Promise<CachedEntry<unknown>> {
    const read = this.#reading();
    this.#stats.load++;
    let entry: CacheEntry<T>;
    try {
      entry = await load();
    } catch (error) {
      if (found?.locked) await this.#redis.release(key, token);
      const last = isUnavailable(error) ? this.#last(key, found) : undefined;
      if (last === undefined) throw error;
      return last;
    }
    const freshMs = this.#freshMs(entry);
    if (!this.#put(key, entry, freshMs, read)) {
      if (found?.locked) await this.#redis.release(key, token);
    } else if (found !== undefined) {
      const how = { freshMs, keepMs: this.#keepMs(entry), epoch: found.epoch, token };
      const outcome = await this.#redis.write(key, entry, how);
      if (outcome === 'older' || outcome === 'epoch') this.#drop(key, entry);
    }
    return { ...entry, from: 'load' };
  }

  /** The last value known, past its time. */
  #last(key: string, found: Found | undefined): CachedEntry<unknown> | undefined {
    const slot = this.#slots.last(key);
    const shared = found?.entry;
    if (shared !== undefined && shared.value !== null && shared.version > (slot?.entry.version ?? -1))
      return { ...shared, from: 'redis', stale: true };
    return slot === undefined ? undefined : { ...slot.entry, from: 'memory', stale: true };
  }

  /** The slot of a key while no invalidation of it can have been missed. */
  #trusted(key: string): Slot | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    const at = now();
    const { period, heardAt } = this.#subscription;
    const known = slot.period === period && at - Math.max(slot.readAt, heardAt) < this.#options.memoryTtlMs;
    return known && at < slot.freshUntil ? slot : undefined;
  }

  /** Where a reading stands that begins now. */
  #reading(): { readAt: number; period: number } {
    return { readAt: now(), period: this.#subscription.period };
  }

  /** Takes what Redis has into memory, if it is fresh and nothing newer is known here. */
  #take(key: string, found: Found, read: { readAt: number; period: number }): boolean {
    if (found.entry === undefined || found.leftMs <= 0) return false;
    return this.#put(key, found.entry, found.leftMs, read);
  }

  #put(
    key: string,
    entry: CacheEntry<unknown>,
    freshMs: number,
    { readAt, period }: { readAt: number; period: number },
  ): boolean {
    const putAt = now();
    const kept = this.#slots.put(key, { entry, readAt, putAt, freshUntil: putAt + freshMs, period });
    if (!kept) this.#stats.late++;
    return kept;
  }

  /** Takes a value out of memory that Redis knew to be out of date. */
  #drop(key: string, entry: CacheEntry<unknown>): void {
    this.#stats.late++;
    if (this.#slots.get(key)?.entry === entry) this.#slots.delete(key);
  }

  #hear(news: News): void {
    if (news.by !== this.#teller.id && 'keys' in news) this.#forget(news.keys);
  }

  #forget(items: readonly [key: string, floor: number][]): void {
    for (const [key, floor] of items) {
      this.#loads.part(key);
      this.#slots.raise(key, floor);
    }
  }

  #freshMs(entry: CacheEntry<unknown>): number {
    return entry.value === null ? this.#options.negativeTtlMs : jittered(this.#options.ttlMs);
  }

  #keepMs(entry: CacheEntry<unknown>): number {
    return entry.value === null ? this.#options.negativeTtlMs : this.#options.ttlMs + KEEP_MS;
  }
}
