import type { Static, TObject } from '@sinclair/typebox';
import type { ErrorCode } from '../errors.js';

/**
 * A connector reads one kind of source. It is one file in `connectors/` and one line in `connectors/index.ts`.
 *
 * Contract, held by test/ingest on every connector:
 * - `open` hands over items in the source's order, in batches, and reads on only when the next batch is asked for: memory
 *   does not grow with the feed.
 * - A record that cannot be read is a fault with the code RECORD_MALFORMED, and the records after it still come.
 * - What is wrong with the feed itself (cut short, unreachable, endless) is a fault with any other code: everything read
 *   before it counts, and nobody concludes from this pull that a record is gone.
 */
export interface Connector<T extends TObject = TObject> {
  type: string;
  summary: string;
  options: T;
  /** The connector's part of a source file, in YAML. */
  example: string;
  open(options: Static<T>, context: PullContext): AsyncIterable<PullItem[]>;
}

export interface Listed {
  /** The record as it came: a flat row or a nested document. */
  data: unknown;
  /** Where it stood: `file:line`, `url#index`. */
  origin: string;
}

export interface Fault {
  fault: { code: ErrorCode; reason: string; original: string; origin: string };
}

export type PullItem = Listed | Fault;

/** What a connector may know and say about the pull it works for. */
export interface PullContext {
  readonly source: string;
  /** Absolute folders that files may be read from. Relative paths start at the first. */
  readonly roots: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** A record with more UTF-16 units than this is a fault. */
  readonly maxRecordBytes: number;
  /** Greatest source timestamp (ms since 1970) of the pulls that succeeded; undefined asks for everything. */
  readonly watermark: number | undefined;
  /** What the last successful pull remembered. */
  readonly remembered: Readonly<Record<string, string>>;
  /** Kept for the next pull, once this one has succeeded and its records are durable. */
  remember(name: string, value: string): void;
  /** The source said that nothing changed. */
  notModified(): void;
  /** This pull lists changes only; what it does not list is not gone. */
  changesOnly(): void;
  notice(code: string, message: string): void;
}

/** A fault of one record. */
export function recordFault(reason: string, original: string, origin: string): Fault {
  return { fault: { code: 'RECORD_MALFORMED', reason, original, origin } };
}

/** A fault of the feed: the pull is not complete. */
export function feedFault(code: Exclude<ErrorCode, 'RECORD_MALFORMED'>, reason: string, origin: string): Fault {
  return { fault: { code, reason, original: '', origin } };
}
