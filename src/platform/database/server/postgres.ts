import { AsyncLocalStorage } from 'node:async_hooks';
import { AssayError } from '../../../errors.js';
import type { GuardState } from '../../guard.js';
import type { Database, Sql } from '../port.js';
import { isAtWork } from './at-work.js';
import { type ConnectionOptions, Connections } from './connections.js';
import { Exclusive } from './exclusive.js';
import { Outage, unavailable } from './outage.js';
import { NothingDone, nothingDone, repeat } from './repeat.js';
import type { Session } from './session.js';
import { ServerTransaction } from './transaction.js';

/** A reader of portions may take this long for one. */
const READER_MS = 60 * 60_000;

/** A server behind the database's port; see there for what holds. */
export class PostgresDatabase implements Database {
  readonly #connections: Connections;
  readonly #exclusive: Exclusive;
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();
  #restarts = 0;
  #closed: Promise<void> | undefined;

  constructor(options: ConnectionOptions) {
    this.#connections = new Connections(options);
    this.#exclusive = new Exclusive(this.#connections);
  }

  /** A first connection, and what it tells about the server. */
  look<T>(first: (session: Session) => Promise<T>): Promise<T> {
    return this.#connections.use(first, true);
  }

  guards(): GuardState[] {
    return [{ ...this.#connections.guard.state(), restarts: this.#restarts }];
  }

  /** What only reads is sent again when the connection was lost under it; what may write is not. */
  async query<R extends object>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    this.#refuse();
    const { rows } = await this.#connections.use((session) => session.run(text, params), onlyReads(text));
    return rows as R[];
  }

  /** Rows that can be gone through once only are not sent again. */
  async copyIn(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    this.#refuse();
    const copy = () => this.#attempt((sql) => sql.copyIn(table, columns, rows));
    return Array.isArray(rows) ? repeat(copy, () => this.#restarts++) : copy();
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.#refuse();
    return repeat(
      () => this.#attempt(work),
      () => this.#restarts++,
    );
  }

  async exclusive<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.#refuseClosed();
    return this.#exclusive.run(name, work);
  }

  /** On a connection of its own, so that readers who use the database for every portion do not wait for each other. */
  async *batches<R extends object>(text: string, params: readonly unknown[], size: number): AsyncGenerator<R[]> {
    this.#refuse();
    const { session } = await this.#connections.open(async (opened) => {
      await opened.run('begin');
      await opened.run(`set local idle_in_transaction_session_timeout = ${READER_MS}`);
      await opened.run(`declare batches no scroll cursor for ${text}`, params);
    });
    const fetch = `fetch ${Math.max(1, Math.floor(size))} from batches`;
    try {
      for (;;) {
        const { rows } = await session.run(fetch).catch((error) => {
          throw told(error);
        });
        if (rows.length > 0) yield rows as R[];
        if (rows.length < size) return;
      }
    } finally {
      // The transaction wrote nothing: it ends with its connection.
      await session.client.end().catch(() => {});
    }
  }

  close(): Promise<void> {
    this.#exclusive.close();
    this.#closed ??= this.#connections.close();
    return this.#closed;
  }

  async #attempt<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { session, release } = await this.#connections.begin().catch((error) => {
      throw nothingDone(error);
    });
    const scope = { open: true };
    const sql = new ServerTransaction(session, scope, this.#connections.answerMs, (at) =>
      isAtWork(at, this.#connections),
    );
    try {
      let result: T;
      try {
        result = await this.#inside.run(scope, () => work(sql));
      } catch (error) {
        scope.open = false;
        await sql.settled();
        // The first error is the one to tell; where even the rollback fails, the transaction is gone with the connection.
        await session.run('rollback').catch(() => {});
        throw session.lost === undefined ? error : lostBefore(session.lost, error);
      }
      scope.open = false;
      await sql.settled();
      if (session.lost !== undefined) throw lostBefore(session.lost, session.lost);
      await commit(session);
      return result;
    } finally {
      release();
    }
  }

  #refuse(): void {
    this.#refuseClosed();
    if (this.#inside.getStore()?.open !== true) return;
    throw new AssayError(
      'DATABASE',
      'the database was used inside its own transaction, which would not see what the transaction wrote: use the Sql that transaction() hands over',
    );
  }

  #refuseClosed(): void {
    if (this.#closed !== undefined) throw new AssayError('DATABASE', 'the database is closed');
  }
}

/**
 * A connection that is lost under COMMIT leaves open whether it was done: it is not begun anew, and the caller is told. Callers
 * are safe to ask again, by compare-and-set.
 */
async function commit(session: Session): Promise<void> {
  const { command } = await session.run('commit').catch((error) => {
    if (!(error instanceof Outage)) throw error;
    throw unavailable(`the connection was lost under a commit, which may have been done: ${error.message}`, error, {
      outcome: 'unknown',
    });
  });
  if (command === 'ROLLBACK')
    throw new AssayError(
      'DATABASE',
      'the transaction was rolled back: a statement in it had failed and its error was swallowed',
      { details: { sqlstate: '25P02' } },
    );
}

function lostBefore(lost: Outage | AssayError, cause: unknown): AssayError {
  // The server ended the connection for a reason of ours, such as idling in the transaction.
  if (lost instanceof AssayError) return lost;
  return new NothingDone('PLATFORM_UNAVAILABLE', `postgres does not answer: ${lost.message}`, {
    cause,
    details: { server: 'postgres' },
  });
}

const told = (error: unknown): unknown =>
  error instanceof Outage ? unavailable(`postgres does not answer: ${error.message}`, error) : error;

/** Sequences that such a statement may move on are not minded. */
function onlyReads(text: string): boolean {
  if (/^\s*(select|values|table|show)\b/i.test(text)) return true;
  return /^\s*with\b/i.test(text) && !/\b(insert|update|delete|merge)\b/i.test(text);
}
