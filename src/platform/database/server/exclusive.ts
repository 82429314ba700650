import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../../errors.js';
import type { Connections } from './connections.js';
import { unavailable } from './outage.js';
import type { Session } from './session.js';

const PING_MS = 5000;
const PONG_MS = 10_000;

/** Installations in other schemas of a database have names of their own. */
const LOCK = `select pg_try_advisory_lock(hashtextextended('assay exclusive ' || current_schema() || ' ' || $1, 0)) as taken`;

/**
 * Work that one process at a time does: the right is an advisory lock of a connection that is kept for it, beside the pool,
 * and asked for a sign of life every few seconds.
 */
export class Exclusive {
  readonly #connections: Connections;
  readonly #names = new Set<string>();
  readonly #held = new Map<Session, AbortController>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async run<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (this.#names.has(name)) return undefined;
    this.#names.add(name);
    try {
      const { session, result } = await this.#connections.open((opened) => opened.run(LOCK, [name]));
      try {
        return (result.rows[0] as { taken: boolean }).taken ? await this.#hold(name, session, work) : undefined;
      } finally {
        this.#held.delete(session);
        await session.client.end().catch(() => {});
      }
    } finally {
      this.#names.delete(name);
    }
  }

  /** Takes every right away. */
  close(): void {
    for (const control of this.#held.values()) control.abort(new AssayError('DATABASE', 'the database is closed'));
  }

  /** Waits for the work also when the right was lost: until it has heeded the signal, this process is still at it. */
  async #hold<T>(name: string, session: Session, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const control = new AbortController();
    this.#held.set(session, control);
    session.whenLost = (error) =>
      control.abort(unavailable(`the right to ${name} was lost with the connection: ${error.message}`, error));
    const over = new AbortController();
    const pings = ping(session, over.signal);
    try {
      const result = await work(control.signal);
      if (control.signal.aborted) throw control.signal.reason;
      return result;
    } catch (error) {
      throw control.signal.aborted ? control.signal.reason : error;
    } finally {
      over.abort();
      await pings;
      session.whenLost = () => {};
    }
  }
}

async function ping(session: Session, over: AbortSignal): Promise<void> {
  while (session.lost === undefined) {
    const paused = await sleep(PING_MS, true, { signal: over, ref: false }).catch(() => false);
    if (!paused) return;
    const late = setTimeout(() => session.destroy('no sign of life from the server'), PONG_MS);
    await session.run('select 1').catch(() => {});
    clearTimeout(late);
  }
}
