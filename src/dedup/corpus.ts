import { compareText, keyText } from '../records.js';
import { type Blocks, groupKeys, KeyColumns, KeyMaker, KeySink } from './blocking/index.js';
import { EncodedStore, encodeRecord, IntColumn } from './encode/index.js';
import type { MatchRecord } from './match-record.js';
import type { Model } from './model/index.js';
import { type Snapshot, snapshotOf } from './snapshot/index.js';
import { Weighted } from './weighted.js';

export interface CorpusOptions {
  /** Sources that list each product once: none of their records match each other. */
  uniqueSources: ReadonlySet<string>;
  /** Forgets the records' keys once their order is known. */
  dropKeys?: boolean;
}

/**
 * A set of records, encoded, weighed and blocked. Records are numbered by order of adding; no result depends on that order.
 * Without a snapshot the corpus is its own: it takes one of itself when it is frozen.
 */
export class Corpus {
  readonly store = new EncodedStore();
  /** Empty in a frozen corpus that drops them. */
  readonly keys: string[] = [];
  readonly sources: string[] = [];
  /** Number of each record's source, and whether that source is unique. */
  readonly sourceOf = new IntColumn();
  readonly uniqueSource: boolean[] = [];
  readonly #sourceNumbers = new Map<string, number>();
  #weighted: Weighted | undefined;
  #blocks: Blocks | undefined;
  #ranks = new Int32Array(0);
  #norms = new Float64Array(0);

  constructor(
    readonly model: Model,
    readonly given: Snapshot | null,
    readonly options: CorpusOptions,
  ) {}

  get size(): number {
    return this.store.size;
  }

  /** Adds a record and returns its number. Records must not be added twice, nor after freezing. */
  add(record: MatchRecord): number {
    const number = this.store.add(encodeRecord(record.product));
    this.keys.push(keyText(record.source, record.id));
    let source = this.#sourceNumbers.get(record.source);
    if (source === undefined) {
      source = this.sources.length;
      this.#sourceNumbers.set(record.source, source);
      this.sources.push(record.source);
      this.uniqueSource.push(this.options.uniqueSources.has(record.source));
    }
    this.sourceOf.push(source);
    return number;
  }

  /** Ends adding: weighs words, makes keys and blocks, orders the records. Calling it again does nothing. */
  freeze(): void {
    if (this.#weighted !== undefined) return;
    const data = new Weighted(this.store, this.given ?? snapshotOf(this.store));
    this.#weighted = data;
    this.store.close();
    this.#rank();
    if (this.options.dropKeys === true) this.keys.length = 0;
    this.#norms = new Float64Array(this.size);
    for (let row = 0; row < this.size; row++) {
      let squares = 0;
      for (const dimension of this.store.gramsOf(row)) squares += data.gramSquares[dimension] as number;
      this.#norms[row] = Math.sqrt(squares);
    }
    this.#block(data);
  }

  #rank(): void {
    const order = Array.from(this.keys, (_, i) => i).sort((a, b) =>
      compareText(this.keys[a] as string, this.keys[b] as string),
    );
    this.#ranks = new Int32Array(this.size);
    for (let i = 0; i < order.length; i++) this.#ranks[order[i] as number] = i;
  }

  #block(data: Weighted): void {
    const maker = new KeyMaker(data, this.model);
    const sink = new KeySink();
    const keys = new KeyColumns(this.size);
    for (let row = 0; row < this.size; row++) {
      maker.make(row, sink);
      keys.add(sink);
    }
    this.#blocks = groupKeys(keys);
  }

  get data(): Weighted {
    this.freeze();
    return this.#weighted as Weighted;
  }

  get snapshot(): Snapshot {
    return this.data.snapshot;
  }

  get blocks(): Blocks {
    this.freeze();
    return this.#blocks as Blocks;
  }

  /** Place of each record in the order of keys. */
  get ranks(): Int32Array {
    this.freeze();
    return this.#ranks;
  }

  /** Length of each record's 3-gram vector. */
  get norms(): Float64Array {
    this.freeze();
    return this.#norms;
  }
}
