import { Frequencies } from './frequencies.js';

/** Sums by 32-bit hash: eight bytes and some room for each. */
export class HashCounts {
  #hashes = new Uint32Array(1024);
  /** 0: the slot is free. */
  #counts = new Uint32Array(1024);
  #used = 0;

  add(hash: number, count: number): void {
    if (this.#used * 2 > this.#hashes.length) this.#grow();
    this.#put(hash >>> 0, count);
  }

  /** What was counted at least twice. */
  frequencies(): Frequencies {
    let kept = 0;
    for (const count of this.#counts) if (count > 1) kept++;
    const hashes = new Uint32Array(kept);
    let at = 0;
    for (let i = 0; i < this.#hashes.length; i++)
      if ((this.#counts[i] as number) > 1) hashes[at++] = this.#hashes[i] as number;
    hashes.sort();
    return new Frequencies(
      hashes,
      hashes.map((hash) => this.#counts[this.#slot(hash)] as number),
    );
  }

  #slot(hash: number): number {
    const mask = this.#hashes.length - 1;
    let at = Math.imul(hash, 0x9e3779b1) & mask;
    while (this.#counts[at] !== 0 && this.#hashes[at] !== hash) at = (at + 1) & mask;
    return at;
  }

  #put(hash: number, count: number): void {
    const at = this.#slot(hash);
    if (this.#counts[at] === 0) this.#used++;
    this.#hashes[at] = hash;
    this.#counts[at] = (this.#counts[at] as number) + count;
  }

  #grow(): void {
    const [hashes, counts] = [this.#hashes, this.#counts];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#counts = new Uint32Array(hashes.length * 2);
    this.#used = 0;
    for (let i = 0; i < hashes.length; i++)
      if ((counts[i] as number) > 0) this.#put(hashes[i] as number, counts[i] as number);
  }
}
