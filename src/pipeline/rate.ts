/** How fast a number grows, over a window of time. */
export class Rate {
  readonly #window: number;
  readonly #samples: { at: number; value: number }[] = [];

  /** @param windowMs what grows in bursts is looked at over this time */
  constructor(windowMs: number) {
    this.#window = windowMs;
  }

  /**
   * By how much the number grew a second within the window. What it grew since a sample that is older counts too: who looks whenever
   * it grows misses nothing, and knows of a burst by its first sample.
   */
  of(value: number, nowMs: number): number {
    const samples = this.#samples;
    samples.push({ at: nowMs, value });
    while (samples.length > 1 && nowMs - samples[1]!.at >= this.#window) samples.shift();
    return ((value - samples[0]!.value) * 1000) / this.#window;
  }
}
