import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../platform/database/port.js';
import { type PendingWork, waitingWork } from './pending.js';

/** How long a loop waits at least before it looks again: what was found may be in other workers' hands. */
const EVERY_MS = 100;
/** Looks that find nothing for anyone are this much further apart each, up to the longest. */
const FURTHER_MS = 10;
const LONGEST_MS = 300;

type Kind = keyof PendingWork;

interface Waiter {
  kinds: readonly Kind[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Wakes the loops of a process that wait for work in the store. One look serves all of them: each looking by itself, in
 * transactions, a worker with nothing to do asked 150 statements a second.
 */
export class Bell {
  readonly #database: Database;
  readonly #waiting = new Set<Waiter>();
  #looking = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when there is work of one of the kinds, or the signal is aborted. Rejects when the database is away. */
  async rings(kinds: readonly Kind[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.delete(waiter);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const failed = (error: unknown): void => {
        reject(error);
        stop();
      };
      const waiter: Waiter = { kinds, done: stop, failed };
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.add(waiter);
      void this.#look(signal);
    });
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (let every = EVERY_MS; this.#waiting.size > 0; ) {
        await sleep(every, undefined, { signal }).catch(() => undefined);
        const waits = await waitingWork(this.#database);
        const woken = [...this.#waiting].filter(({ kinds }) => kinds.some((kind) => waits[kind]));
        for (const waiter of woken) waiter.done();
        every = woken.length > 0 ? EVERY_MS : Math.min(every + FURTHER_MS, LONGEST_MS);
      }
    } catch (error) {
      for (const waiter of [...this.#waiting]) waiter.failed(error);
    } finally {
      this.#looking = false;
    }
  }
}
