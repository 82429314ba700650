import { hash64Into } from '../../hash.js';

/** Keys of one record while they are made: two halves of 64 bits, kind in the lowest three, weight beside them. */
export class KeySink {
  high = new Uint32Array(256);
  low = new Uint32Array(256);
  weight = new Float64Array(256);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** Adds the key of a text. The top bit is cleared (Postgres' bigint is signed); a repeat within the record is dropped. */
  put(kind: number, text: string, weight: number): void {
    if (this.length === this.high.length) this.#grow();
    const at = this.length;
    hash64Into(text, scratch, 0, kind);
    const high = (scratch[0] as number) & 0x7fffffff;
    const low = (((scratch[1] as number) & ~7) | kind) >>> 0;
    for (let i = 0; i < at; i++) if (this.low[i] === low && this.high[i] === high) return;
    this.high[at] = high;
    this.low[at] = low;
    this.weight[at] = weight;
    this.length++;
  }

  /** Weight of a key in 1/256, at least 1: sums are exact in any order. */
  wholeWeight(at: number): number {
    return Math.max(1, Math.round(256 * (this.weight[at] as number)));
  }

  #grow(): void {
    const size = this.high.length * 2;
    const high = new Uint32Array(size);
    high.set(this.high);
    this.high = high;
    const low = new Uint32Array(size);
    low.set(this.low);
    this.low = low;
    const weight = new Float64Array(size);
    weight.set(this.weight);
    this.weight = weight;
  }
}

const scratch = new Uint32Array(2);
