import { Shard, STRIDE } from './shard.js';

/** What the table knows about a record when it comes again. */
export type Standing = 'new' | 'changed' | 'unchanged' | 'repeated' | 'outranked';

const SHARDS = 64;

/**
 * Key hash → content hash of every record of one source that was sent and not withdrawn: 20 bytes an entry, in open
 * addressing over typed arrays. Split into shards so that growing copies a 64th of it at a time (one table of 10M entries
 * would hold itself twice for that moment).
 *
 * Two records whose 63-bit key hashes are equal would be taken for one: at 10M records the chance is one in 180,000.
 */
export class FingerprintTable {
  readonly #shards = Array.from({ length: SHARDS }, () => new Shard());

  get size(): number {
    let size = 0;
    for (const shard of this.#shards) size += shard.live;
    return size;
  }

  /** Records of earlier pulls that this pull has not listed (yet). */
  get unlisted(): number {
    let unlisted = 0;
    for (const shard of this.#shards) unlisted += shard.unlisted;
    return unlisted;
  }

  /** Enters an entry as an earlier pull left it. */
  restore(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): void {
    this.#shard(keyHigh).restore(keyHigh, keyLow, contentHigh, contentLow);
  }

  remove(keyHigh: number, keyLow: number): void {
    this.#shard(keyHigh).remove(keyHigh, keyLow);
  }

  /** How a record with this content stands to the table, and enters nothing. `stamp`: see `stampOf`. */
  standing(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number, stamp: number): Standing {
    return this.#shard(keyHigh).standing(keyHigh, keyLow, contentHigh, contentLow, stamp);
  }

  /** Enters a record's content as the newest of this pull. */
  list(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number, stamp: number): void {
    this.#shard(keyHigh).list(keyHigh, keyLow, contentHigh, contentLow, stamp);
  }

  /** The content of a record, written to `out[0]` and `out[1]`; false when it is not known. */
  contentOf(keyHigh: number, keyLow: number, out: Uint32Array): boolean {
    return this.#shard(keyHigh).contentOf(keyHigh, keyLow, out);
  }

  /** The stamp under which this pull listed a record; 0 when it has not. */
  stampOf(keyHigh: number, keyLow: number): number {
    return this.#shard(keyHigh).stampOf(keyHigh, keyLow);
  }

  /** Key hashes of the records that this pull has not listed. */
  *unlistedKeys(): Generator<bigint> {
    for (const shard of this.#shards) yield* shard.unlistedKeys();
  }

  /** Live entries as (key high, key low, content high, content low), a block of one shard at a time. */
  *blocks(): Generator<Uint32Array> {
    for (const shard of this.#shards) if (shard.live > 0) yield shard.entries();
  }

  #shard(keyHigh: number): Shard {
    return this.#shards[keyHigh & (SHARDS - 1)]!;
  }
}

/** 32-bit units of a stored entry, without the stamp. */
export const ENTRY = STRIDE - 1;

/** A source timestamp (ms) as the table keeps it for the length of a pull: seconds, at least 1. 0 means "not listed". */
export function stampOf(updatedAt: number): number {
  return Math.min(Math.floor(updatedAt / 1000), 0xfffffffe) + 1;
}
