import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { AssayError } from '../../errors.js';
import { copyPortions, copyStatement } from './copy.js';
import { databaseError, isRetryable } from './failure.js';
import { type Answer, readAnswer, statementMessage } from './messages.js';
import type { Database, Sql } from './port.js';
import type { Wire, WireReply } from './wire.js';

const ATTEMPTS = 5;

/**
 * A database behind a wire. There is one connection: transactions take turns in the order they asked, and statements
 * outside one wait for the open one to end. So the outer database must not be used inside a transaction's function: it
 * would wait for itself. That is found by following the asynchronous context, and refused.
 */
export class WireDatabase implements Database {
  readonly #wire: Wire;
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();
  readonly #taken = new Set<string>();
  readonly #lost = new AbortController();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async query<R extends object>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    this.#refuseInside();
    return run(this.#wire, null, text, params) as Promise<R[]>;
  }

  copyIn(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    return this.transaction((sql) => sql.copyIn(table, columns, rows));
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.#refuseInside();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * A held cursor: Postgres keeps the whole result as it was, and the connection is free between portions. (A cursor
   * inside a transaction would hold the only connection for as long as the reader takes, and stop a reader that writes.)
   */
  async *batches<R extends object>(text: string, params: readonly unknown[], size: number): AsyncGenerator<R[]> {
    const cursor = `"batches ${randomUUID()}"`;
    await this.query(`declare ${cursor} no scroll cursor with hold for ${text}`, params);
    const fetch = `fetch ${Math.max(1, Math.floor(size))} from ${cursor}`;
    try {
      for (;;) {
        const rows = await this.query<R>(fetch);
        if (rows.length > 0) yield rows;
        if (rows.length < size) return;
      }
    } finally {
      await this.query(`close ${cursor}`);
    }
  }

  /** Within this process: the data directory belongs to it alone, and clients of its socket start no work of this kind. */
  async exclusive<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (this.#taken.has(name)) return undefined;
    this.#taken.add(name);
    try {
      return await work(this.#lost.signal);
    } finally {
      this.#taken.delete(name);
    }
  }

  close(): Promise<void> {
    this.#lost.abort(new AssayError('DATABASE', 'the database is closed'));
    return this.#wire.close();
  }

  async #attempt<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const tx = randomUUID();
    const scope = { open: true };
    answerOf(await this.#wire.request({ op: 'begin', tx }), 'begin');
    const end = async (commit: boolean): Promise<Answer> => {
      scope.open = false;
      return answerOf(await this.#wire.request({ op: 'end', tx, commit }), commit ? 'commit' : 'rollback');
    };
    let result: T;
    try {
      result = await this.#inside.run(scope, () => work(new WireTransaction(this.#wire, tx, scope)));
    } catch (error) {
      // The first error is the one to tell; where even the rollback fails, the connection is gone and with it the transaction.
      await end(false).catch(() => {});
      throw error;
    }
    const { tag } = await end(true);
    if (tag === 'ROLLBACK')
      throw new AssayError(
        'DATABASE',
        'the transaction was rolled back: a statement in it had failed and its error was swallowed',
        {
          details: { sqlstate: '25P02' },
        },
      );
    return result;
  }

  #refuseInside(): void {
    if (this.#inside.getStore()?.open !== true) return;
    throw new AssayError(
      'DATABASE',
      'the database was used inside its own transaction, which would wait for itself: use the Sql that transaction() hands over',
    );
  }
}

class WireTransaction implements Sql {
  readonly #wire: Wire;
  readonly #tx: string;
  readonly #scope: { open: boolean };

  constructor(wire: Wire, tx: string, scope: { open: boolean }) {
    this.#wire = wire;
    this.#tx = tx;
    this.#scope = scope;
  }

  async query<R extends object>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    this.#refuseOver();
    return run(this.#wire, this.#tx, text, params) as Promise<R[]>;
  }

  async copyIn(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    this.#refuseOver();
    const statement = copyStatement(table, columns);
    let total = 0;
    let before: Promise<WireReply> | undefined;
    // The next portion is written while Postgres reads the last one.
    for (const { bytes, count } of copyPortions(table, columns, rows)) {
      if (before !== undefined) answerOf(await before, statement);
      before = this.#wire.request({ op: 'copy', tx: this.#tx, statement, rows: bytes });
      before.catch(() => {});
      total += count;
    }
    if (before !== undefined) answerOf(await before, statement);
    return total;
  }

  #refuseOver(): void {
    if (!this.#scope.open)
      throw new AssayError('DATABASE', 'the transaction is over: a statement in it was not awaited');
  }
}

async function run(wire: Wire, tx: string | null, text: string, params: readonly unknown[]): Promise<object[]> {
  const reply = await wire.request({ op: 'query', tx, message: statementMessage(text, params) });
  return answerOf(reply, text).rows;
}

function answerOf(reply: WireReply, statement: string): Answer {
  if (reply.failure !== undefined) throw databaseError(reply.failure, statement);
  const answer = reply.bytes === undefined ? { rows: [], tag: '' } : readAnswer(reply.bytes);
  if ('failure' in answer && answer.failure !== undefined) throw databaseError(answer.failure, statement);
  return answer;
}
