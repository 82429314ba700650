import { AssayError } from '../../../errors.js';
import type { Sql } from '../port.js';
import { copyRows } from './copy-stream.js';
import { Outage, unavailable } from './outage.js';
import type { Session } from './session.js';

/** What a transaction's function is given. Statements that are asked for at once follow each other, as embedded. */
export class ServerTransaction implements Sql {
  readonly #session: Session;
  readonly #scope: { open: boolean };
  readonly #answerMs: number;
  readonly #works: (session: Session) => Promise<boolean>;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    session: Session,
    scope: { open: boolean },
    /** How long a statement may go without an answer before `works` is asked whether the server is still at it. */
    answerMs: number,
    works: (session: Session) => Promise<boolean>,
  ) {
    this.#session = session;
    this.#scope = scope;
    this.#answerMs = answerMs;
    this.#works = works;
  }

  async query<R extends object>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    this.#refuseOver();
    const { rows } = await this.#next(() => this.#session.run(text, params));
    return rows as R[];
  }

  async copyIn(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    this.#refuseOver();
    return this.#next(() => copyRows(this.#session, table, columns, rows));
  }

  /** Resolves when every statement that was asked for has its answer. */
  async settled(): Promise<void> {
    await this.#tail.catch(() => {});
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const watched = () => this.#watched(work);
    const done = this.#tail.then(watched, watched);
    this.#tail = done;
    return done;
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    const timer = setInterval(async () => {
      if (!(await this.#works(this.#session).catch(() => false))) this.#session.destroy('no answer in time');
    }, this.#answerMs);
    try {
      return await work();
    } catch (error) {
      throw error instanceof Outage ? unavailable(`postgres does not answer: ${error.message}`, error) : error;
    } finally {
      clearInterval(timer);
    }
  }

  #refuseOver(): void {
    if (!this.#scope.open)
      throw new AssayError('DATABASE', 'the transaction is over: a statement in it was not awaited');
  }
}
