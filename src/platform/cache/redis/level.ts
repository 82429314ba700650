import type { Redis } from 'ioredis';
import { Guard, type GuardState } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import type { CacheEntry } from '../port.js';
import { TOMBSTONE_MS } from '../slots.js';
import type { CacheStats } from '../stats.js';
import { connect, failureText } from './client.js';
import type { Keys } from './keys.js';
import { Missed } from './missed.js';
import type { Teller } from './news.js';
import { SCRIPTS } from './scripts.js';

const LOCK_MS = 5_000;
const CHUNK = 500;
const AGAIN_MS = 250;

/** What Redis knows of a key. */
export interface Found {
  /** Undefined: nothing, or only that it was invalidated. */
  entry?: CacheEntry<unknown>;
  /** Milliseconds the entry is still fresh; 0 or less: past its time. */
  leftMs: number;
  epoch: string;
  /** Whether the lock for loading it was taken. */
  locked: boolean;
}

export interface Written {
  freshMs: number;
  keepMs: number;
  /** The epoch that was read before the load; absent: the value was not loaded, and others are told of it. */
  epoch?: string;
  token?: string;
}

export interface LevelOptions {
  client: Redis;
  keys: Keys;
  teller: Teller;
  stats: CacheStats;
  /** How long one answer is waited for. */
  commandMs: number;
  logger?: PlatformLogger;
}

type Commands = Record<keyof typeof SCRIPTS, (...args: (string | number)[]) => Promise<unknown>>;

/**
 * The level in Redis. No call fails: undefined says that Redis is away. It is used only after its epoch was made sure of
 * on this connection and every invalidation was delivered that it missed.
 */
export class RedisLevel {
  readonly #client: Redis;
  readonly #commands: Commands;
  readonly #keys: Keys;
  readonly #teller: Teller;
  readonly #stats: CacheStats;
  readonly #logger: PlatformLogger | undefined;
  readonly #guard: Guard;
  readonly #missed = new Missed();
  readonly #began: Promise<void>;
  #resolveBegan: () => void = () => {};
  #usable = false;
  #beginning = false;
  #closed = false;
  #again: NodeJS.Timeout | undefined;
  /** Why it is away. */
  #away: string | undefined;
  /** What the connection said last. */
  #reason: string | undefined;

  constructor({ client, keys, teller, stats, commandMs, logger }: LevelOptions) {
    this.#client = client;
    this.#keys = keys;
    this.#teller = teller;
    this.#stats = stats;
    this.#logger = logger;
    this.#guard = new Guard({
      name: 'redis',
      // The connection gives a command up after half of it.
      timeoutMs: 2 * commandMs,
      attempts: 1,
      threshold: 3,
      openMs: 500,
      isOutage: () => true,
    });
    for (const [name, script] of Object.entries(SCRIPTS)) client.defineCommand(name, script);
    this.#commands = client as unknown as Commands;
    this.#began = new Promise((resolve) => {
      this.#resolveBegan = resolve;
    });
    client.on('ready', () => void this.#begin());
    client.on('error', (error) => {
      this.#reason = failureText(error);
    });
    client.on('close', () => this.#lost(this.#reason ?? 'the connection was closed'));
    connect(client);
  }

  /** Resolves when Redis can be used or is known to be away. */
  get began(): Promise<void> {
    return this.#began;
  }

  guard(): GuardState {
    return this.#guard.state();
  }

  /** With a token, takes the lock for loading the key unless there is a fresh entry or another's lock. */
  async read(key: string, token = ''): Promise<Found | undefined> {
    const { value, lock } = this.#keys.of(key);
    const reply = (await this.#run(() => this.#commands.cacheRead(value, this.#keys.epoch, lock, token, LOCK_MS))) as
      | [string, string | null, string | null, number, number]
      | null
      | undefined;
    if (reply === undefined) return undefined;
    if (reply === null) {
      // The epoch is gone (FLUSHALL, eviction): a new one has to begin before anything is trusted.
      this.#usable = false;
      void this.#begin();
      return undefined;
    }
    const [epoch, version, data, leftMs, locked] = reply;
    const found: Found = { leftMs: 0, epoch, locked: locked === 1 };
    if (version === null || data === null || this.#missed.outdates(key, Number(version))) return found;
    return { ...found, leftMs, entry: { value: JSON.parse(data), version: Number(version) } };
  }

  async write(key: string, entry: CacheEntry<unknown>, how: Written): Promise<'kept' | 'older' | 'epoch' | undefined> {
    const { value, lock } = this.#keys.of(key);
    const { version } = entry;
    const told = how.epoch === undefined;
    const outcome = (await this.#run(() =>
      this.#commands.cacheWrite(
        value,
        this.#keys.epoch,
        lock,
        version,
        JSON.stringify(entry.value),
        Math.ceil(how.freshMs),
        Math.ceil(how.keepMs),
        how.epoch ?? '',
        how.token ?? '',
        told ? this.#keys.channel : '',
        told ? this.#teller.keys([[key, version]]) : '',
      ),
    )) as 'kept' | 'older' | 'epoch' | undefined;
    // Redis may hold an older value, which would be taken for the newest when it is back.
    if (told && (outcome === undefined || outcome === 'epoch')) this.#miss([[key, version]]);
    return outcome;
  }

  /** Gives the lock of a load back that gave no value. */
  async release(key: string, token: string): Promise<void> {
    await this.#run(() => this.#commands.cacheRelease(this.#keys.of(key).lock, token));
  }

  async invalidate(items: readonly [key: string, floor: number][]): Promise<void> {
    for (let from = 0; from < items.length; from += CHUNK) {
      const part = items.slice(from, from + CHUNK);
      const done = await this.#run(() => this.#invalidate(part));
      if (done === undefined) this.#miss(part);
    }
  }

  async close(): Promise<void> {
    if (this.#missed.size > 0 && this.#usable) await this.#deliver().catch(() => {});
    this.#closed = true;
    this.#usable = false;
    clearTimeout(this.#again);
    this.#client.disconnect();
    if (this.#missed.size > 0)
      this.#logger?.warn({ keys: this.#missed.size }, 'redis was away to the end: invalidations were not delivered');
  }

  async #run<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#guard.run(() => {
        if (!this.#usable) throw new Error(this.#away ?? 'not connected yet');
        return work();
      });
    } catch {
      this.#stats.skipped++;
      return undefined;
    }
  }

  #invalidate(items: [key: string, floor: number][]): Promise<unknown> {
    const keys = items.flatMap(([key]) => Object.values(this.#keys.of(key)));
    return this.#commands.cacheInvalidate(
      keys.length,
      ...keys,
      TOMBSTONE_MS,
      this.#keys.channel,
      this.#teller.keys(items),
      ...items.map(([, floor]) => floor),
    );
  }

  #miss(items: readonly [key: string, floor: number][]): void {
    for (const [key, floor] of items) this.#missed.add(key, floor);
    this.#stats.undelivered = this.#missed.size;
    if (this.#usable) this.#tryAgain();
  }

  /** Makes sure of the epoch, delivers what was missed, and only then lets Redis be used. */
  async #begin(): Promise<void> {
    if (this.#beginning || this.#closed || this.#client.status !== 'ready') return;
    this.#beginning = true;
    try {
      do await this.#deliver();
      while (this.#missed.size > 0);
      if (!this.#usable) this.#back();
    } catch (error) {
      this.#lost(failureText(error));
      this.#tryAgain();
    } finally {
      this.#beginning = false;
    }
  }

  async #deliver(): Promise<void> {
    const runId = /run_id:(\w+)/.exec(await this.#client.info('server'))?.[1] ?? 'unknown';
    const { epoch, channel } = this.#keys;
    const { overflowed } = this.#missed;
    const news = this.#teller.flush();
    const force = overflowed ? 1 : 0;
    if ((await this.#commands.cacheBegin(epoch, runId, this.#teller.token(), force, channel, news)) === 1)
      this.#stats.flushed++;
    if (overflowed) this.#missed.flushed();
    for (let part = this.#missed.first(CHUNK); part.length > 0; part = this.#missed.first(CHUNK)) {
      await this.#invalidate(part);
      this.#missed.delivered(part);
    }
    this.#stats.undelivered = this.#missed.size;
  }

  #tryAgain(): void {
    if (this.#closed) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#begin(), AGAIN_MS);
    this.#again.unref();
  }

  #back(): void {
    this.#usable = true;
    this.#resolveBegan();
    if (this.#away !== undefined) this.#logger?.info?.({}, 'redis is back');
    this.#away = undefined;
    this.#reason = undefined;
  }

  #lost(reason: string): void {
    this.#usable = false;
    this.#resolveBegan();
    if (this.#away === undefined && !this.#closed)
      this.#logger?.warn({ reason }, 'redis is away: lookups go on without it');
    this.#away = reason;
  }
}
