import type { Standing } from './table.js';

/** Key high, key low, content high, content low, stamp. */
export const STRIDE = 5;
const FIRST_SLOTS = 16;
/** Slots below which a table grows fast, because copying it often costs more than the space. */
const SMALL = 4096;

/** One open-addressing table with linear probing, at most 4/5 full. An entry with key 0,0 is free; removed ones have content 0,0. */
export class Shard {
  #data = new Uint32Array(FIRST_SLOTS * STRIDE);
  #slots = FIRST_SLOTS;
  #used = 0;
  #removed = 0;
  #unlisted = 0;

  get live(): number {
    return this.#used - this.#removed;
  }

  get unlisted(): number {
    return this.#unlisted;
  }

  restore(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): void {
    this.#put(keyHigh, keyLow, contentHigh, contentLow, 0);
  }

  list(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number, stamp: number): void {
    this.#put(keyHigh, keyLow, contentHigh, contentLow, stamp);
  }

  remove(keyHigh: number, keyLow: number): void {
    const at = this.#find(keyHigh, keyLow);
    if (!this.#isLive(at)) return;
    if (this.#data[at + 4] === 0) this.#unlisted--;
    this.#data[at + 2] = 0;
    this.#data[at + 3] = 0;
    this.#removed++;
  }

  standing(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number, stamp: number): Standing {
    const at = this.#find(keyHigh, keyLow);
    if (!this.#isLive(at)) return 'new';
    const data = this.#data;
    const same = data[at + 2] === contentHigh && data[at + 3] === nonZero(contentHigh, contentLow);
    const known = data[at + 4]!;
    if (known === 0) return same ? 'unchanged' : 'changed';
    if (same) return 'repeated';
    return stamp < known ? 'outranked' : 'changed';
  }

  contentOf(keyHigh: number, keyLow: number, out: Uint32Array): boolean {
    const at = this.#find(keyHigh, keyLow);
    if (!this.#isLive(at)) return false;
    out[0] = this.#data[at + 2]!;
    out[1] = this.#data[at + 3]!;
    return true;
  }

  stampOf(keyHigh: number, keyLow: number): number {
    const at = this.#find(keyHigh, keyLow);
    return this.#isLive(at) ? this.#data[at + 4]! : 0;
  }

  *unlistedKeys(): Generator<bigint> {
    for (let at = 0; at < this.#data.length; at += STRIDE)
      if (this.#isLive(at) && this.#data[at + 4] === 0)
        yield (BigInt(this.#data[at]!) << 32n) | BigInt(this.#data[at + 1]!);
  }

  entries(): Uint32Array {
    const out = new Uint32Array(this.live * (STRIDE - 1));
    let to = 0;
    for (let at = 0; at < this.#data.length; at += STRIDE) {
      if (!this.#isLive(at)) continue;
      for (let i = 0; i < STRIDE - 1; i++) out[to + i] = this.#data[at + i]!;
      to += STRIDE - 1;
    }
    return out;
  }

  #put(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number, stamp: number): void {
    let at = this.#find(keyHigh, keyLow);
    let data = this.#data;
    if (this.#isLive(at)) {
      if (data[at + 4] === 0 && stamp !== 0) this.#unlisted--;
      else if (data[at + 4] !== 0 && stamp === 0) this.#unlisted++;
    } else {
      if (data[at] !== 0 || data[at + 1] !== 0) this.#removed--;
      else {
        if ((this.#used + 1) * 5 > this.#slots * 4) {
          this.#grow();
          data = this.#data;
          at = this.#find(keyHigh, keyLow);
        }
        this.#used++;
      }
      if (stamp === 0) this.#unlisted++;
    }
    data[at] = keyHigh;
    data[at + 1] = keyHigh === 0 && keyLow === 0 ? 1 : keyLow;
    data[at + 2] = contentHigh;
    data[at + 3] = nonZero(contentHigh, contentLow);
    data[at + 4] = stamp;
  }

  /** Place of the key's entry, or of the free one where it belongs. */
  #find(keyHigh: number, keyLow: number): number {
    const low = keyHigh === 0 && keyLow === 0 ? 1 : keyLow;
    const data = this.#data;
    const slots = this.#slots;
    let slot = Math.floor((low / 4_294_967_296) * slots);
    for (;;) {
      const at = slot * STRIDE;
      if (data[at] === keyHigh && data[at + 1] === low) return at;
      if (data[at] === 0 && data[at + 1] === 0) return at;
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
  }

  #isLive(at: number): boolean {
    const data = this.#data;
    return (data[at] !== 0 || data[at + 1] !== 0) && (data[at + 2] !== 0 || data[at + 3] !== 0);
  }

  #grow(): void {
    const old = this.#data;
    this.#slots = Math.ceil(this.#slots * (this.#slots < SMALL ? 4 : 1.5));
    this.#data = new Uint32Array(this.#slots * STRIDE);
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at] === 0 && old[at + 1] === 0) continue;
      this.#data.set(old.subarray(at, at + STRIDE), this.#find(old[at]!, old[at + 1]!));
    }
  }
}

/** Content 0,0 marks a removed entry, so a hash that happens to be zero becomes one. */
function nonZero(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
