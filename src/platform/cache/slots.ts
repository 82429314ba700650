import { LRUCache } from 'lru-cache';
import type { CacheEntry } from './port.js';

/** Milliseconds of a clock that is never set back. */
export const now = (): number => performance.now();

/** How long values are kept past their time, to answer with while they cannot be loaded again. */
export const KEEP_MS = 24 * 3_600_000;

/** What a load took longer for is not kept: it may have read what was invalidated and forgotten since. */
const LONGEST_LOAD_MS = 30_000;

/** How long an invalidated version is remembered: longer than the load may take that read the value before. */
export const TOMBSTONE_MS = 2 * LONGEST_LOAD_MS;

/** Invalidated versions that are remembered, for each key that is kept: most of what changes is not in memory. */
const FLOORS = 5;

export interface Slot {
  entry: CacheEntry<unknown>;
  /** When the reading began that gave this entry. */
  readAt: number;
  /** When it was put here. */
  putAt: number;
  freshUntil: number;
  /** The period without missed invalidations that it was read in. */
  period: number;
}

/**
 * The newest version known of each key, in this process's memory. Values stay past their time (`freshUntil`) until they
 * are the least recently used; that there is nothing is not kept longer than it is fresh.
 *
 * Of two values the one with the greater version stands, whatever the order they come in – unless the lesser was read
 * after the greater was put here and is past its time: then the thing itself went back, or was removed and made again.
 */
export class Slots {
  readonly #slots: LRUCache<string, Slot>;
  /** Least version that is still taken in, for keys that were invalidated. */
  readonly #floors: LRUCache<string, number>;

  constructor(max: number) {
    this.#slots = new LRUCache({ max, ttl: KEEP_MS });
    this.#floors = new LRUCache({ max: FLOORS * max, ttl: TOMBSTONE_MS });
  }

  get(key: string): Slot | undefined {
    return this.#slots.get(key);
  }

  /** What can be answered with when nothing newer can be had. That there is nothing is said within its time only. */
  last(key: string): Slot | undefined {
    const slot = this.#slots.get(key);
    return slot !== undefined && slot.entry.value === null && slot.freshUntil <= now() ? undefined : slot;
  }

  /** Takes an entry in, unless what is known is newer; says whether it did. */
  put(key: string, slot: Slot): boolean {
    const { version, value } = slot.entry;
    if (Number.isFinite(slot.readAt) && slot.putAt - slot.readAt > LONGEST_LOAD_MS) return false;
    if ((this.#floors.get(key) ?? Number.NEGATIVE_INFINITY) > version) return false;
    const before = this.#slots.peek(key);
    if (before !== undefined && before.entry.version > version) {
      const outlived = before.freshUntil <= slot.putAt && slot.readAt > before.putAt;
      if (!outlived) return false;
    }
    this.#slots.set(key, slot, value === null ? { ttl: Math.max(1, Math.ceil(slot.freshUntil - slot.putAt)) } : {});
    return true;
  }

  /** Forgets the key and takes in nothing below the version for a while. */
  raise(key: string, floor: number): void {
    this.#floors.set(key, Math.max(floor, this.#floors.get(key) ?? floor));
    const slot = this.#slots.peek(key);
    if (slot !== undefined && slot.entry.version < floor) this.#slots.delete(key);
  }

  delete(key: string): void {
    this.#slots.delete(key);
  }

  clear(): void {
    this.#slots.clear();
    this.#floors.clear();
  }
}

/** How long a value is fresh: up to a tenth shorter, so that what was loaded together does not expire together. */
export function jittered(ttlMs: number): number {
  return ttlMs * (1 - Math.random() / 10);
}
