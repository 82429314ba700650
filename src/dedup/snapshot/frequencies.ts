/**
 * Document frequencies by 32-bit hash. Only hashes counted at least twice are kept: what was never seen and what was seen
 * once weigh the same, and most words are seen once. Two words that share a hash share a count, which costs a little
 * weight and no correctness.
 */
export class Frequencies {
  readonly #hashes: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** `hashes` ascending and distinct, `counts` beside them. */
  constructor(hashes: Uint32Array, counts: Uint32Array) {
    this.#hashes = hashes;
    this.#counts = counts;
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.#mask = size - 1;
    this.#slots = new Int32Array(size).fill(-1);
    for (let i = 0; i < hashes.length; i++) {
      let at = (hashes[i] as number) & this.#mask;
      while (this.#slots[at] !== -1) at = (at + 1) & this.#mask;
      this.#slots[at] = i;
    }
  }

  get hashes(): Uint32Array {
    return this.#hashes;
  }

  get counts(): Uint32Array {
    return this.#counts;
  }

  /** Records that hold it, at least 1. */
  get(hash: number): number {
    const wanted = hash >>> 0;
    let at = wanted & this.#mask;
    for (;;) {
      const slot = this.#slots[at] as number;
      if (slot === -1) return 1;
      if (this.#hashes[slot] === wanted) return this.#counts[slot] as number;
      at = (at + 1) & this.#mask;
    }
  }
}
