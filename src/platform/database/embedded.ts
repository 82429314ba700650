import { Worker } from 'node:worker_threads';
import { AssayError, messageOf } from '../../errors.js';
import { workerUrl } from '../worker-url.js';
import { databaseError } from './failure.js';
import type { Database } from './port.js';
import type { Wire, WireReply, WireRequest, WorkerReply, WorkerRequest } from './wire.js';
import { WireDatabase } from './wire-database.js';

/** The embedded database and the wire that other processes are let in by. */
export interface EmbeddedDatabase extends Database {
  /** A request of a client of this process's socket; `client` is greater than 0. */
  relay(client: number, request: WireRequest): Promise<WireReply>;
}

/**
 * Opens Postgres in a worker thread, with its files in `folder` or, for ':memory:', nowhere. The caller holds the data
 * directory's lock: a second opener would corrupt the files silently.
 */
export async function openEmbeddedDatabase(folder: string | ':memory:'): Promise<EmbeddedDatabase> {
  const wire = new WorkerWire(folder);
  await wire.opened;
  return new SharedDatabase(wire);
}

class SharedDatabase extends WireDatabase implements EmbeddedDatabase {
  readonly #worker: WorkerWire;

  constructor(wire: WorkerWire) {
    super(wire);
    this.#worker = wire;
  }

  relay(client: number, request: WireRequest): Promise<WireReply> {
    return this.#worker.send(client, request);
  }
}

class WorkerWire implements Wire {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, { resolve: (reply: WireReply) => void; reject: (error: unknown) => void }>();
  #last = 0;
  #gone: AssayError | undefined;
  #closing: Promise<void> | undefined;

  constructor(folder: string) {
    this.#worker = new Worker(workerUrl(import.meta.url, './embedded-worker.js'), {
      workerData: { folder },
      // Flags such as --input-type are for the main program.
      execArgv: [],
    });
    this.#worker.on('message', ({ id, ...reply }: WorkerReply) => {
      const waiting = this.#pending.get(id);
      this.#pending.delete(id);
      // An idle database does not keep its process alive.
      if (this.#pending.size === 0) this.#worker.unref();
      waiting?.resolve(reply);
    });
    this.#worker.on('error', (error) => this.#lost(error));
    this.#worker.on('exit', () => this.#lost(new Error('its thread has ended')));
    this.opened = new Promise<WireReply>((resolve, reject) => this.#pending.set(0, { resolve, reject })).then(
      async ({ failure }) => {
        if (failure === undefined) return;
        await this.#worker.terminate();
        throw databaseError({ ...failure, message: `the database in ${folder} cannot be opened: ${failure.message}` });
      },
    );
  }

  request(request: WireRequest): Promise<WireReply> {
    return this.send(0, request);
  }

  send(client: number, request: WireRequest | { op: 'close' }): Promise<WireReply> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    if (this.#closing !== undefined && request.op !== 'close')
      return Promise.reject(new AssayError('DATABASE', 'the database is closed'));
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#pending.set(id, { resolve, reject });
      const message: WorkerRequest = { id, client, request };
      const bytes = request.op === 'query' ? request.message : request.op === 'copy' ? request.rows : undefined;
      this.#worker.ref();
      this.#worker.postMessage(message, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
    });
  }

  close(): Promise<void> {
    if (this.#gone !== undefined) return Promise.resolve();
    this.#closing ??= this.send(0, { op: 'close' }).then(async () => {
      await this.#worker.terminate();
    });
    return this.#closing;
  }

  #lost(error: unknown): void {
    this.#gone ??= new AssayError('DATABASE', `the database has stopped: ${messageOf(error)}`, { cause: error });
    for (const { reject } of this.#pending.values()) reject(this.#gone);
    this.#pending.clear();
  }
}
