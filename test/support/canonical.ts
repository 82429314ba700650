import type { LogBatch, StoredMessage } from '../../src/platform/log/port.js';
import { type CanonicalProduct, type CanonicalRecord, keyText } from '../../src/records.js';

/** One event of a canonical partition: a version of a record, or its withdrawal. */
export interface CanonicalEvent {
  source: string;
  id: string;
  timestamp: number;
  /** Absent: withdrawn. */
  product?: CanonicalProduct;
}

export function canonicalRecord(event: CanonicalEvent, offset: number): CanonicalRecord {
  return {
    source: event.source,
    id: event.id,
    version: { timestamp: event.timestamp, offset },
    contract: 'test_v1',
    mapping: 'test',
    product: event.product!,
  };
}

/** The events as one batch of partition 0, from `offset` on. */
export function canonicalBatch(events: readonly CanonicalEvent[], offset: number): LogBatch {
  const messages = events.map(
    (event, i): StoredMessage => ({
      offset: offset + i,
      key: keyText(event.source, event.id),
      value: event.product === undefined ? null : JSON.stringify(canonicalRecord(event, offset + i)),
      headers: {},
      timestamp: 0,
    }),
  );
  return { topic: 'canonical', partition: 0, messages, firstOffset: offset, nextOffset: offset + events.length };
}
