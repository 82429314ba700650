import type pg from 'pg';
import { AssayError } from '../../../errors.js';
import { valueText } from '../value-text.js';
import { Outage, statementError } from './outage.js';

const MAX_PARAMETERS = 32_767;

export interface Outcome {
  rows: object[];
  /** What was done: SELECT, COMMIT, ROLLBACK … */
  command: string;
}

/** One connection. A statement is planned with its values each time, as embedded: it has no name. */
export class Session {
  readonly client: pg.Client;
  /** Why the connection is of no use any more. */
  lost: Outage | AssayError | undefined;
  #whenLost: ((error: Outage | AssayError) => void) | undefined;

  constructor(client: pg.Client) {
    this.client = client;
    // Without a listener an error between two statements would end the process.
    client.on('error', (error) => this.#lose(statementError(error, '')));
    client.on('end', () => this.#lose(new Outage('the connection was closed')));
  }

  /** Calls back at once when the connection is lost, also between two statements. */
  set whenLost(callback: (error: Outage | AssayError) => void) {
    this.#whenLost = callback;
    if (this.lost !== undefined) callback(this.lost);
  }

  async run(text: string, params: readonly unknown[] = []): Promise<Outcome> {
    if (params.length > MAX_PARAMETERS)
      throw new AssayError(
        'DATABASE',
        `a statement takes at most ${MAX_PARAMETERS} parameters; bind arrays and unnest them`,
      );
    const values = params.map(valueText);
    return this.attempt(text, () => this.client.query({ text, values, queryMode: 'extended' } as pg.QueryConfig));
  }

  /** Work on the connection, with its errors as they are told outside. */
  async attempt<T>(statement: string, work: () => Promise<T>): Promise<T> {
    if (this.lost !== undefined) throw this.lost;
    try {
      return await work();
    } catch (error) {
      const told = statementError(error, statement);
      // A connection that ended with an error of its own (idle for too long in a transaction) has told it before.
      if (told instanceof Outage) this.#lose(told);
      throw told instanceof Outage ? (this.lost ?? told) : told;
    }
  }

  /** Cuts the connection; a statement under way fails. */
  destroy(reason: string): void {
    this.#lose(new Outage(reason));
    socketOf(this.client).destroy(new Error(reason));
  }

  #lose(error: Outage | AssayError): void {
    if (this.lost !== undefined) return;
    this.lost = error;
    this.#whenLost?.(error);
  }
}

/** The client's socket, which its types keep to themselves. */
export function socketOf(client: pg.Client): import('node:stream').Duplex {
  return (client as unknown as { connection: { stream: import('node:stream').Duplex } }).connection.stream;
}
