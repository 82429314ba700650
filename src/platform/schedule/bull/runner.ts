import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../../../errors.js';
import type { PlatformLogger } from '../../platform.js';
import type { Job } from '../port.js';
import type { Outcome } from './queue.js';
import { Run } from './run.js';
import { jobOf, type SharedState } from './state.js';

const AGAIN_MS = 500;
/** Jobs that ended here and are remembered, for those who wait for them. */
const MOST_ENDED = 100;

/** The runs of this process. */
export class Runner {
  readonly #state: SharedState;
  readonly #lockMs: number;
  readonly #logger: PlatformLogger | undefined;
  readonly #held = new Map<Run, { name: string; ended: Promise<void> }>();
  readonly #ended = new Set<string>();
  readonly #closed = new AbortController();

  constructor(state: SharedState, lockMs: number, logger?: PlatformLogger) {
    this.#state = state;
    this.#lockMs = lockMs;
    this.#logger = logger;
  }

  /** Runs the job for a job of Bull, unless it is running. Rejects only when that has to be tried again. */
  async perform(job: () => Job, id: string, isDue: boolean): Promise<Outcome> {
    const { name } = job();
    const holder = `${token()}|${id}`;
    for (;;) {
      if (this.#closed.signal.aborted) throw closedError();
      const begun = await this.#state.begin(name, holder, this.#lockMs, new Date().toISOString());
      if (begun === 'ended') return {};
      if (begun === 'begun') break;
      const other = jobOf(begun.holder);
      if (other !== id) {
        if (isDue) await this.#state.skip(name);
        return { joined: other };
      }
      // The process that performed this very job died or lost it: its lock runs out.
      await this.#pause(this.#lockMs / 10);
    }
    const run = new Run(this.#state, name, holder, this.#lockMs);
    if (this.#closed.signal.aborted) run.abort(closedError());
    const ended = this.#run(job(), id, run);
    this.#held.set(run, { name, ended });
    await ended.finally(() => this.#held.delete(run));
    return {};
  }

  /** Resolves when no run of the job is under way here. */
  async settled(name: string): Promise<void> {
    await Promise.all([...this.#held.values()].filter((run) => run.name === name).map(({ ended }) => ended));
  }

  isRunning(name: string): boolean {
    return [...this.#held.values()].some((run) => run.name === name);
  }

  /** Whether a job of Bull was performed here to its end. */
  hasEnded(id: string): boolean {
    return this.#ended.has(id);
  }

  /** Makes sure of the locks, after Redis was away. */
  renew(): void {
    for (const run of this.#held.keys()) void run.renew();
  }

  /** Tells the runs to stop, and waits for them. */
  async close(): Promise<void> {
    this.#closed.abort();
    for (const run of this.#held.keys()) run.abort(closedError());
    await Promise.all([...this.#held.values()].map(({ ended }) => ended));
  }

  /** Never rejects: what went wrong is in the state. */
  async #run(job: Job, id: string, run: Run): Promise<void> {
    let error = '';
    try {
      await job.run(run.signal);
    } catch (thrown) {
      error = messageOf(thrown) || 'it failed without a reason';
    }
    const written = await this.#writeEnd(job.name, run, error);
    run.end();
    this.#ended.add(id);
    for (const old of this.#ended) if (this.#ended.size > MOST_ENDED) this.#ended.delete(old);
    if (!written) this.#logger?.warn({ job: job.name, error }, 'the end of a run was not written: its lock was lost');
  }

  /** While Redis is away, tries for as long as it may hold the lock. */
  async #writeEnd(name: string, run: Run, error: string): Promise<boolean> {
    const deadline = performance.now() + this.#lockMs;
    const finished = new Date().toISOString();
    while (!run.lost) {
      try {
        return await this.#state.end(name, run.holder, finished, error);
      } catch {
        if (this.#closed.signal.aborted || performance.now() > deadline) return false;
        await this.#pause(AGAIN_MS);
      }
    }
    return false;
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#closed.signal }).catch(() => {
      // Closed: whoever paused sees that.
    });
  }
}

export function closedError(): AssayError {
  return new AssayError('NOT_READY', 'the schedule is closed');
}

/** A text that no other process makes. */
export function token(): string {
  return randomBytes(9).toString('base64url');
}
