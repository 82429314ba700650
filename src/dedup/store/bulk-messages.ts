import type { CandidateReport, Model } from '../index.js';

/** What the thread of bulk scoring is started with. */
export interface BulkSetup {
  model: Model;
  /** As `encodeSnapshot` writes it. */
  snapshot: Uint8Array;
  uniqueSources: readonly string[];
  /** Edges below are not worth keeping. */
  review: number;
  /** Ascending ids of the records of which a kept edge has an end; null: all. */
  marked: BigInt64Array | null;
}

/** Records, column by column. */
export interface BulkRecords {
  rids: BigInt64Array;
  sources: string[];
  ids: string[];
  /** JSON texts: parsed where they are used, so that this thread's heap does not grow with them. */
  products: string[];
}

export type ToBulk = { records: BulkRecords } | 'score';

/** Kept edges, column by column: a < b; `stage` is a place in STAGES. */
export interface BulkEdges {
  a: BigInt64Array;
  b: BigInt64Array;
  /** Single precision, as it is stored. */
  probability: Float32Array;
  stage: Uint8Array;
  /** Places in `sources` of the source of `a` and of `b`. */
  sourceA: Int32Array;
  sourceB: Int32Array;
  sources: string[];
  /** Ascending ids of the records whose edges these are, and their bars (see `expand.ts`). */
  rids: BigInt64Array;
  bars: Int32Array;
  report: CandidateReport;
  /** Live records that were compared. */
  records: number;
}

export type FromBulk =
  /** A portion of records is encoded: the next may come. */
  | { taken: number }
  /** Pairs compared, of all. */
  | { done: number; total: number }
  | { edges: BulkEdges }
  | { failure: { code?: string | undefined; message: string; stack?: string | undefined } };
