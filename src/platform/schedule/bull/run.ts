import { AssayError } from '../../../errors.js';
import type { SharedState } from './state.js';

/**
 * One run of a job that this process holds in Redis. It is renewed three times in `lockMs`; when it was lost – another
 * process has it, or Redis was away for so long that one may – the signal aborts, so that the job stops.
 */
export class Run {
  readonly holder: string;
  readonly #state: SharedState;
  readonly #name: string;
  readonly #lockMs: number;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #renewedAt = performance.now();
  #lost = false;

  constructor(state: SharedState, name: string, holder: string, lockMs: number) {
    this.#state = state;
    this.#name = name;
    this.holder = holder;
    this.#lockMs = lockMs;
    this.#timer = setInterval(() => void this.renew(), lockMs / 3);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether another process may have taken the job meanwhile. */
  get lost(): boolean {
    return this.#lost;
  }

  async renew(): Promise<void> {
    const asked = performance.now();
    try {
      if (await this.#state.renew(this.#name, this.holder, this.#lockMs)) this.#renewedAt = asked;
      else this.#lose('another process runs it');
    } catch {
      // Counted from when the last renewal was asked for: Redis holds it at least until then.
      if (performance.now() - this.#renewedAt > (this.#lockMs * 2) / 3) this.#lose('redis is away');
    }
  }

  abort(reason: Error): void {
    this.#stop.abort(reason);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #lose(why: string): void {
    if (this.#lost) return;
    this.#lost = true;
    this.end();
    this.#stop.abort(new AssayError('PLATFORM_UNAVAILABLE', `the job "${this.#name}" lost its lock: ${why}`));
  }
}
