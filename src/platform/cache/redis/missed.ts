/** More keys than this are not remembered one by one. */
const MOST = 10_000;

/** Invalidations that Redis has not got: the least version each key is still worth something from. */
export class Missed {
  readonly #floors = new Map<string, number>();
  #overflowed = false;

  add(key: string, floor: number): void {
    if (this.#overflowed) return;
    this.#floors.set(key, Math.max(floor, this.#floors.get(key) ?? floor));
    if (this.#floors.size <= MOST) return;
    this.#floors.clear();
    this.#overflowed = true;
  }

  /** Whether there were too many: then nothing that Redis holds can be trusted. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  get size(): number {
    return this.#overflowed ? MOST + 1 : this.#floors.size;
  }

  /** Whether a version is out of date by an invalidation that Redis does not know yet. */
  outdates(key: string, version: number): boolean {
    return this.#overflowed || (this.#floors.get(key) ?? Number.NEGATIVE_INFINITY) > version;
  }

  first(count: number): [key: string, floor: number][] {
    const part: [string, number][] = [];
    for (const item of this.#floors) {
      if (part.length === count) break;
      part.push(item);
    }
    return part;
  }

  delivered(items: readonly [key: string, floor: number][]): void {
    for (const [key, floor] of items) if (this.#floors.get(key) === floor) this.#floors.delete(key);
  }

  /** Everything in Redis was declared out of date. */
  flushed(): void {
    this.#overflowed = false;
  }
}
