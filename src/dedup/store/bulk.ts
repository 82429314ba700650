import { Worker } from 'node:worker_threads';
import { AssayError, ERRORS, type ErrorCode, messageOf } from '../../errors.js';
import type { Database } from '../../platform/database/port.js';
import { workerUrl } from '../../platform/worker-url.js';
import { encodeSnapshot } from '../index.js';
import type { BulkEdges, BulkRecords, BulkSetup, FromBulk, ToBulk } from './bulk-messages.js';
import type { CorpusSettings } from './corpus.js';
import { toRid } from './rid.js';
import { LIVE_TEXTS } from './snapshot.sql.js';

export interface BulkContext extends CorpusSettings {
  database: Database;
}

export interface BulkOptions {
  /** Edges below are not kept, 0..1. */
  review: number;
  /** Kept edges have an end here; all edges when absent. In any order. */
  marked?: Iterable<bigint> | undefined;
  /** Told of records read, then of pairs compared. */
  progress?: ((step: 'read' | 'compare', done: number, total?: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Rows a portion: two portions are under way at a time, so this bounds what this thread holds. */
const PORTION = 1000;

interface Row {
  rid: unknown;
  source: string;
  source_id: string;
  product: string;
}

/**
 * Scores all live records in a thread of its own, which encodes, blocks and compares them: this thread only passes them
 * on, and answers others meanwhile. The thread ends with the call, and its memory goes with it.
 *
 * `bulkEdges(context: {database, model, snapshot, uniqueSources}, options: {review, marked?, progress?, signal?}): Promise<BulkEdges>`
 *
 * @returns edges of probability `review` and above with an end in `marked`, column by column: `a < b`, `probability`,
 *   `stage` (place in STAGES), `sourceA`/`sourceB` (places in `sources`), and `report`, `records`
 * @throws AssayError what the thread threw; the signal's reason when it is aborted
 */
export async function bulkEdges(context: BulkContext, options: BulkOptions): Promise<BulkEdges> {
  options.signal?.throwIfAborted();
  const thread = new BulkThread(
    {
      model: context.model,
      snapshot: encodeSnapshot(context.snapshot),
      uniqueSources: [...context.uniqueSources],
      review: options.review,
      marked: options.marked === undefined ? null : BigInt64Array.from(options.marked).sort(),
    },
    options,
  );
  try {
    let read = 0;
    for await (const rows of context.database.batches<Row>(LIVE_TEXTS, [], PORTION)) {
      await thread.add(toColumns(rows));
      read += rows.length;
      options.progress?.('read', read);
    }
    return await thread.score();
  } finally {
    await thread.end();
  }
}

function toColumns(rows: readonly Row[]): BulkRecords {
  return {
    rids: BigInt64Array.from(rows, (row) => toRid(row.rid)),
    sources: rows.map((row) => row.source),
    ids: rows.map((row) => row.source_id),
    products: rows.map((row) => row.product),
  };
}

/** The thread seen from outside: at most one portion waits while another is encoded. */
class BulkThread {
  readonly #worker: Worker;
  readonly #edges: Promise<BulkEdges>;
  readonly #abort: () => void;
  readonly #signal: AbortSignal | undefined;
  #waiting = 0;
  #wake: () => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(setup: BulkSetup, { progress, signal }: BulkOptions) {
    this.#worker = new Worker(workerUrl(import.meta.url, './bulk-worker.js'), {
      workerData: setup,
      // Flags such as --input-type are for the main program.
      execArgv: [],
      // New space is 48 MB by default, and parsed records fill it: at 12 MB the same work took 75 MB less, and no longer.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    this.#edges = new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#worker.on('message', (message: FromBulk) => {
        if ('taken' in message) {
          this.#waiting--;
          this.#wake();
        } else if ('done' in message) progress?.('compare', message.done, message.total);
        else if ('edges' in message) resolve(message.edges);
        else reject(toError(message.failure));
      });
    });
    // Whoever waits for it later is told; until then nobody may be waiting.
    this.#edges.catch(() => this.#wake());
    this.#worker.on('error', (error) => this.#fail(toError({ message: messageOf(error) })));
    this.#worker.on('exit', () => this.#fail(toError({ message: 'its thread has ended' })));
    this.#abort = () => this.#fail(signal?.reason);
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  async add(records: BulkRecords): Promise<void> {
    this.#waiting++;
    this.#post({ records });
    while (this.#waiting > 1)
      await Promise.race([
        this.#edges,
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      ]);
  }

  score(): Promise<BulkEdges> {
    this.#post('score');
    return this.#edges;
  }

  async end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort);
    await this.#worker.terminate();
  }

  #post(message: ToBulk): void {
    this.#worker.postMessage(message, message === 'score' ? [] : [message.records.rids.buffer as ArrayBuffer]);
  }
}

function toError({ code, message, stack }: { code?: string | undefined; message: string; stack?: string | undefined }) {
  const known = code !== undefined && code in ERRORS;
  return new AssayError(known ? (code as ErrorCode) : 'INTERNAL', known ? message : `Bulk scoring failed: ${message}`, {
    details: stack === undefined ? {} : { stack },
  });
}
