import type { Buckets } from '../embedding/index.js';
import type { BlockingSettings } from '../model/index.js';
import type { Weighted } from '../weighted.js';
import type { KeySink } from './sink.js';

/** What a key kind reads: one record of a store seen through a snapshot. */
export interface KeySource {
  data: Weighted;
  row: number;
  settings: BlockingSettings;
  /** Words of the record, the rarest first; ties by hash, then text. Filled once for all kinds. */
  rareWords: Int32Array;
  rareCount: number;
  embedding: Float32Array;
  buckets: Buckets;
}

/** One kind of blocking key. Keys are a function of record, snapshot and model alone. */
export interface KeyKind {
  name: string;
  /** Puts the record's keys of this kind; `kind` goes back into `sink.put`. */
  emit(source: KeySource, kind: number, sink: KeySink): void;
}
