import { setTimeout as delay } from 'node:timers/promises';

/** Spaces requests evenly: at most `perSecond` of them begin in any second. Without a limit it never waits. */
export class RateLimit {
  readonly #gapMs: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#gapMs = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  async turn(signal: AbortSignal): Promise<void> {
    if (this.#gapMs === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#gapMs;
    if (at > now) await delay(at - now, undefined, { signal });
  }
}
