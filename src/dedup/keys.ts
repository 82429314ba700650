import { hashHex } from '../hash.js';
import type { CanonicalProduct } from '../records.js';
import { KeyMaker, KeySink } from './blocking/index.js';
import { EncodedStore, encodeRecord } from './encode/index.js';
import type { MatchRecord } from './match-record.js';
import type { Model } from './model/index.js';
import { type Snapshot, SnapshotCounts } from './snapshot/index.js';
import { Weighted } from './weighted.js';

/** Records encoded together: most words of as many records occur several times among them, so they are hashed once. */
const PORTION = 4096;

/** Counts records that come one by one, keeping what is counted and not the records. */
export class SnapshotTaker {
  readonly #counts = new SnapshotCounts();
  #store = new EncodedStore();

  add(record: MatchRecord): void {
    if (this.#store.size === PORTION) this.#count();
    this.#store.add(encodeRecord(record.product));
  }

  take(): Snapshot {
    this.#count();
    return this.#counts.take();
  }

  #count(): void {
    this.#counts.add(this.#store);
    this.#store = new EncodedStore();
  }
}

/** Counts the records as the model reads them. The same records in any order give the same snapshot. */
export function takeSnapshot(records: Iterable<MatchRecord>, _model: Model): Snapshot {
  const taker = new SnapshotTaker();
  for (const record of records) taker.add(record);
  return taker.take();
}

/** Blocking keys of one record, ascending and distinct, 0 … 2^63 - 1. The lowest three bits tell the kind. */
export function blockingKeys(record: MatchRecord, snapshot: Snapshot, model: Model): bigint[] {
  return blockingKeysOfAll([record], snapshot, model)[0] as bigint[];
}

/** The keys of each of several records: the same as one by one, without the set-up that one record costs. */
export function blockingKeysOfAll(records: readonly MatchRecord[], snapshot: Snapshot, model: Model): bigint[][] {
  return eachSink(records, snapshot, model, (sink) => keysIn(sink).sort(ascending));
}

/** Likewise, with the weight of each in 1/256: what sharing it adds to two records' likeness when candidates are listed. */
export function weighedKeysOfAll(
  records: readonly MatchRecord[],
  snapshot: Snapshot,
  model: Model,
): Map<bigint, number>[] {
  return eachSink(records, snapshot, model, (sink) => {
    const keys = keysIn(sink).map((key, i): [bigint, number] => [key, sink.wholeWeight(i)]);
    return new Map(keys.sort(([a], [b]) => ascending(a, b)));
  });
}

function eachSink<T>(
  records: readonly MatchRecord[],
  snapshot: Snapshot,
  model: Model,
  take: (sink: KeySink) => T,
): T[] {
  const store = new EncodedStore();
  for (const record of records) store.add(encodeRecord(record.product));
  const maker = new KeyMaker(new Weighted(store, snapshot), model);
  const sink = new KeySink();
  return records.map((_, row) => {
    maker.make(row, sink);
    return take(sink);
  });
}

function keysIn(sink: KeySink): bigint[] {
  const keys: bigint[] = [];
  for (let i = 0; i < sink.length; i++)
    keys.push((BigInt(sink.high[i] as number) << 32n) | BigInt(sink.low[i] as number));
  return keys;
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Changes exactly when something that keys, candidate lists or similarities read may change; price is not among it. */
export function blockingFingerprint(product: CanonicalProduct): string {
  const { title, brand, model, mpn, gtins, description } = product;
  return hashHex(JSON.stringify([title, brand ?? null, model ?? null, mpn ?? null, gtins, description ?? null]));
}
