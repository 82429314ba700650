import { setTimeout as sleep } from 'node:timers/promises';

/** What a stage sees of the marks it works on and of the stage before it. */
export interface Look {
  /** Number of the oldest mark that waits; null: none. */
  oldest: number | null;
  /** Number of the newest mark ever set. */
  newest: number;
  /** Whether the stage before brings much. */
  flood: boolean;
}

const LOOK_MS = 250;

/**
 * Lets a flood pass before its marks are worked on: arrivals mark their neighbours anew, and a golden record that grows is
 * written and told of at every step. Where little comes, nothing waits. It is a matter of cost only: what a mark comes to does
 * not depend on when it is worked on.
 */
export class Lull {
  readonly #look: () => Promise<Look>;
  readonly #patience: number;

  /**
   * @param patienceMs the oldest mark waits no longer than this, nor does anything twice as long: a flood may last for hours, and mark the
   *   same few records again and again
   */
  constructor(look: () => Promise<Look>, patienceMs: number) {
    this.#look = look;
    this.#patience = patienceMs;
  }

  /**
   * Waits for a lull, then does portions until one comes to nothing or all marks are newer than the lull.
   *
   * @returns how much was done
   */
  async work(signal: AbortSignal, portion: () => Promise<number>): Promise<number> {
    const newest = await this.#comes(signal);
    for (let sum = 0; ; ) {
      const done = signal.aborted ? 0 : await portion();
      sum += done;
      if (done === 0) return sum;
      const { oldest } = await this.#look();
      if (oldest === null || oldest > newest) return sum;
    }
  }

  /** What other workers do for the oldest marks counts: the wait begins anew with the oldest that is left. */
  async #comes(signal: AbortSignal): Promise<number> {
    const began = performance.now();
    let waited: number | null = null;
    let since = began;
    for (;;) {
      const { oldest, newest, flood } = await this.#look();
      const now = performance.now();
      if (oldest !== waited) since = now;
      waited = oldest;
      const isPatient = now - since < this.#patience && now - began < 2 * this.#patience;
      if (!flood || !isPatient || signal.aborted) return newest;
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
