/**
 * The log: topics of partitioned, ordered, keyed messages.
 *
 * Contract, held by test/conformance/log on every adapter:
 * - Messages of one key lie in one partition, in the order they were appended. Offsets grow by at least one; they may
 *   have gaps (compaction, aborted transactions).
 * - `append` returns once the messages are durable. A crash loses nothing that was acknowledged and leaves no half
 *   message: a torn tail is cut at the next start.
 * - `consume` hands over batches of one partition in offset order, never two batches of a partition at once.
 *   With `group`, the batch's offset and what the handler put into `outbox` become visible together after the handler
 *   returned; where the platform cannot do that atomically (files), outputs come first, so that a crash repeats outputs
 *   and never loses them; consumers drop repeats by version. A handler that throws stops the consumer; nothing of the
 *   batch is committed.
 *   A handler that throws OFFSET_CONFLICT has found that another consumer owns the partition now: the place is asked for
 *   again and consumption goes on.
 * - With `group`, partitions are shared among the consumers of the group, in whatever process; `from` then gives the place
 *   to start whenever a partition is assigned. `untilEnd` waits for the whole group: it ends when the group has committed
 *   everything that was there at the start.
 * - A message that cannot be decoded is handed over with `fault`, never as a tombstone.
 * - A compacted topic keeps at least the newest message of every key; a null value is a tombstone.
 */
export interface Log {
  /** Creates missing topics; existing ones keep their partition count. */
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  append(topic: string, messages: readonly LogMessage[]): Promise<void>;
  consume(options: ConsumeOptions, handler: BatchHandler): Promise<void>;
  /** First and next offset of each partition, and what `group` has committed (null: nothing yet). */
  positions(topic: string, group?: string): Promise<PartitionPosition[]>;
  /** Drops superseded messages of compacted topics and messages past retention. The embedded adapter does it when asked. */
  compact(topic: string): Promise<CompactionResult>;
  /**
   * Removes every message of the keys for good: from files at once; a broker gets tombstones and removes the messages at
   * its next compaction. Returns how many messages are gone now.
   */
  erase(topic: string, keys: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

export interface TopicSpec {
  name: string;
  partitions: number;
  /** Keep the newest message per key for ever. */
  compact: boolean;
  /** A message younger than this is never compacted away. */
  compactionLagMs?: number;
  /** Delete messages older than this (topics that are not compacted); absent keeps them. */
  retentionMs?: number;
}

export interface LogMessage {
  key: string;
  /** UTF-8 text, or null for a tombstone. */
  value: string | null;
  headers?: Record<string, string>;
  /** Milliseconds since 1970; the append time when absent. */
  timestamp?: number;
}

export interface StoredMessage {
  offset: number;
  key: string;
  value: string | null;
  headers: Record<string, string>;
  timestamp: number;
  /** Why the message could not be decoded; `value` is then its bytes in base64. */
  fault?: string;
}

export interface LogBatch {
  topic: string;
  partition: number;
  /** With `from` there may be none, where only a gap was passed: its place is told so that it can be stored. */
  messages: StoredMessage[];
  /** Where the batch before ended, or the place that `from` gave. */
  firstOffset: number;
  /** Where the next batch starts: what a consumer that keeps its own offsets stores. */
  nextOffset: number;
}

export interface ConsumeOptions {
  topic: string;
  /** Consumer group that keeps the offsets; absent when the handler keeps them itself. */
  group?: string;
  /** Where to start in a partition (handlers that keep their own offsets); absent or undefined: the group's offset, else the beginning. */
  from?: (partition: number) => Promise<number | undefined>;
  maxMessages: number;
  maxBytes?: number;
  /** Stop at the ends as they are now, or run until the signal. Both: whichever comes first. */
  untilEnd?: boolean;
  signal?: AbortSignal;
}

/** Messages to append together with the batch's offset. */
export interface Outbox {
  append(topic: string, messages: readonly LogMessage[]): void;
}

export type BatchHandler = (batch: LogBatch, outbox: Outbox) => Promise<void>;

export interface PartitionPosition {
  partition: number;
  start: number;
  end: number;
  committed: number | null;
}

export interface CompactionResult {
  kept: number;
  dropped: number;
  bytesBefore: number;
  bytesAfter: number;
}
