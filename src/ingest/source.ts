import type { Where } from './where.js';

/** What ingest reads of a source's configuration. */
export interface IngestSource {
  name: string;
  connector: { type: string; [option: string]: unknown };
  contract: string;
  /** full: every pull lists everything. delta: a pull lists changes. */
  feed: 'full' | 'delta';
  withdraw: { policy: 'keep' | 'withdraw'; maxShare: number };
  /** Paths whose values, joined with `:`, are the record's id. */
  key: string | readonly string[];
  /** Which rows of the feed belong to the source; all of them when absent. */
  where?: Where;
  /** Columns at the top of a row that are left out of the record. */
  ignore?: readonly string[];
  /** Path of the source's own timestamp. */
  updatedAt?: string;
}
