/**
 * A binary heap of group pairs: greatest average first, ties by the lower group, then the higher one. Entries are never
 * changed in place: a pair whose average changed is pushed again, and the reader drops entries that are no longer true.
 */
export class MergeQueue {
  #scores = new Float64Array(64);
  #lows = new Int32Array(64);
  #highs = new Int32Array(64);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(score: number, low: number, high: number): void {
    if (this.#size === this.#scores.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(score, low, high, parent)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#set(at, score, low, high);
  }

  /** Removes the first entry; undefined when there is none. */
  pop(): { score: number; low: number; high: number } | undefined {
    if (this.#size === 0) return undefined;
    const first = { score: this.#scores[0]!, low: this.#lows[0]!, high: this.#highs[0]! };
    const last = --this.#size;
    const score = this.#scores[last]!;
    const low = this.#lows[last]!;
    const high = this.#highs[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (
        child + 1 < last &&
        this.#before(this.#scores[child + 1]!, this.#lows[child + 1]!, this.#highs[child + 1]!, child)
      )
        child++;
      if (this.#before(score, low, high, child)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#set(at, score, low, high);
    return first;
  }

  #before(score: number, low: number, high: number, at: number): boolean {
    if (score !== this.#scores[at]) return score > this.#scores[at]!;
    return low !== this.#lows[at] ? low < this.#lows[at]! : high < this.#highs[at]!;
  }

  #set(at: number, score: number, low: number, high: number): void {
    this.#scores[at] = score;
    this.#lows[at] = low;
    this.#highs[at] = high;
  }

  #copy(from: number, to: number): void {
    this.#set(to, this.#scores[from]!, this.#lows[from]!, this.#highs[from]!);
  }

  #grow(): void {
    const scores = new Float64Array(this.#size * 2);
    const lows = new Int32Array(this.#size * 2);
    const highs = new Int32Array(this.#size * 2);
    scores.set(this.#scores);
    lows.set(this.#lows);
    highs.set(this.#highs);
    this.#scores = scores;
    this.#lows = lows;
    this.#highs = highs;
  }
}
