import type { FetchedPartition, FetchedRecord } from './protocol.js';

/** What a fetch brought of one partition. */
export interface Portion {
  partition: number;
  /** Where the fetch began. */
  from: number;
  /** Committed records at or past `from`, without control records. */
  records: FetchedRecord[];
  /** Where the next fetch begins: past everything that this one brought, visible or not. */
  next: number;
}

/**
 * The visible records of a fetch that reads committed ones only. An aborted transaction reaches from its first offset to the
 * abort marker of its producer; those of several producers overlap, and the broker lists them in the order in which they ended.
 */
export function portionOf(fetched: FetchedPartition, from: number): Portion {
  const aborted = (fetched.abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId, first: Number(firstOffset) }))
    .sort((a, b) => a.first - b.first);
  const dead = new Set<string>();
  const records: FetchedRecord[] = [];
  let begun = 0;
  let next = from;
  for (const record of fetched.messages) {
    const offset = Number(record.offset);
    const { producerId, inTransaction, firstOffset, lastOffsetDelta } = record.batchContext;
    for (; begun < aborted.length && (aborted[begun] as { first: number }).first <= offset; begun++)
      dead.add((aborted[begun] as { producerId: string }).producerId);
    // Compaction may have taken the last records of a batch: the batch still says where it ended.
    next = Math.max(next, offset + 1, Number(firstOffset) + lastOffsetDelta + 1);
    if (record.isControlRecord) {
      if (isAbort(record)) dead.delete(producerId);
    } else if (offset >= from && !(inTransaction && dead.has(producerId))) {
      records.push(record);
    }
  }
  return { partition: fetched.partition, from, records, next };
}

/** A control record's key is a version and a type, 16 bits each: 0 aborts. */
function isAbort({ key }: FetchedRecord): boolean {
  return key !== null && key.length >= 4 && key.readInt16BE(2) === 0;
}
