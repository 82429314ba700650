import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { messageOf } from '../../errors.js';
import { Gate } from './gate.js';
import { Maintenance } from './maintenance.js';
import { readAnswer, simpleMessage } from './messages.js';
import { RawProtocol } from './raw-protocol.js';
import type { WireFailure, WireReply, WireRequest } from './wire.js';

/**
 * `jit` nearly doubled the time of bulk matching elsewhere. synchronous_commit stays on: there is no background writer
 * here, so that with `off` a commit may stay in memory until the next one, and a killed process would lose it.
 */
const SETTINGS = `
  set jit = off;
  set hnsw.iterative_scan = strict_order;
  set timezone = 'UTC';
  set datestyle = 'ISO';
  set client_min_messages = warning;
  set work_mem = '64MB';
  set maintenance_work_mem = '256MB';
  set extra_float_digits = 1`;

/** Opens Postgres in this thread. `files` undefined: in memory. `template`: a dump of a freshly made database. */
export async function startPostgres(files: string | undefined, template: Uint8Array | undefined): Promise<PGlite> {
  const postgres = await PGlite.create({
    ...(files !== undefined && { dataDir: files }),
    ...(template !== undefined && { loadDataDir: new Blob([template as Uint8Array<ArrayBuffer>]) }),
    extensions: { vector, pg_trgm },
  });
  await postgres.exec(SETTINGS);
  return postgres;
}

/** Runs the requests of several clients on the one connection, and keeps the database tidy in between. */
export class Engine {
  readonly #raw: RawProtocol;
  readonly #gate = new Gate();
  readonly #maintenance: Maintenance;
  readonly #owners = new Map<string, number>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(postgres: PGlite) {
    this.#raw = new RawProtocol(postgres);
    this.#maintenance = new Maintenance(async (statement) => {
      const { rows, failure } = readAnswer(await this.#raw.send(simpleMessage(statement)));
      if (failure !== undefined) throw new Error(failure.message);
      return rows;
    });
  }

  async handle(client: number, request: WireRequest): Promise<WireReply> {
    try {
      switch (request.op) {
        case 'query':
          return request.tx === null
            ? await this.#alone(client, request.message)
            : await this.#within(client, request.tx, request.message.length, () => this.#answer(request.message));
        case 'copy':
          return await this.#within(client, request.tx, request.rows.length, () =>
            this.#copy(request.statement, request.rows),
          );
        case 'begin':
          return await this.#begin(client, request.tx);
        case 'end':
          return await this.#within(client, request.tx, 0, () => this.#end(request.commit ? 'commit' : 'rollback'));
        case 'drop':
          return await this.#drop(client);
      }
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#tail.catch(() => {});
    await this.#raw.plain((postgres) => postgres.close());
  }

  async #alone(client: number, message: Uint8Array): Promise<WireReply> {
    if (!(await this.#gate.enter('', client))) return GONE;
    try {
      return await this.#serial(message.length, () => this.#answer(message));
    } finally {
      await this.#leave();
    }
  }

  async #begin(client: number, tx: string): Promise<WireReply> {
    if (!(await this.#gate.enter(tx, client))) return GONE;
    this.#owners.set(tx, client);
    return this.#serial(0, () => this.#answer(simpleMessage('begin')));
  }

  async #within(client: number, tx: string, bytes: number, work: () => Promise<WireReply>): Promise<WireReply> {
    return this.#serial(bytes, async () =>
      this.#gate.holder === tx && this.#owners.get(tx) === client ? work() : GONE,
    );
  }

  async #end(statement: 'commit' | 'rollback'): Promise<WireReply> {
    try {
      return await this.#answer(simpleMessage(statement));
    } finally {
      // A commit that is refused (a deferred constraint) leaves no transaction either.
      if (this.#gate.holder !== undefined) this.#owners.delete(this.#gate.holder);
      await this.#leave();
    }
  }

  async #drop(client: number): Promise<WireReply> {
    this.#gate.drop(client);
    const tx = this.#gate.holder;
    if (tx !== undefined && this.#owners.get(tx) === client)
      await this.#within(client, tx, 0, () => this.#end('rollback'));
    return {};
  }

  async #answer(message: Uint8Array): Promise<WireReply> {
    return { bytes: await this.#raw.send(message) };
  }

  async #copy(statement: string, rows: Uint8Array): Promise<WireReply> {
    const blob = new Blob([rows as Uint8Array<ArrayBuffer>]);
    await this.#raw.plain((postgres) => postgres.query(statement, [], { blob }));
    return {};
  }

  async #leave(): Promise<void> {
    await this.#maintenance.tidy();
    this.#gate.leave();
  }

  /** One call into the engine at a time: a COPY takes several, and nothing may come between them. */
  #serial<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const timed = async (): Promise<T> => {
      const start = performance.now();
      try {
        return await work();
      } finally {
        this.#maintenance.ran(bytes, performance.now() - start);
      }
    };
    const done = this.#tail.then(timed, timed);
    this.#tail = done;
    return done;
  }
}

const GONE: WireReply = { failure: { message: 'the transaction is over', sqlstate: '25P01' } };

function failureOf(error: unknown): WireFailure {
  const fields = error as {
    code?: string;
    detail?: string;
    hint?: string;
    table?: string;
    column?: string;
    constraint?: string;
    where?: string;
  };
  const { code, detail, hint, table, column, constraint, where } = fields;
  return { message: messageOf(error), sqlstate: code, detail, hint, table, column, constraint, where };
}
