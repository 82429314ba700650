import { describe, expect, it } from 'vitest';
import { portionOf } from '../../../../src/platform/log/kafka/portion.js';
import type { FetchedPartition, FetchedRecord } from '../../../../src/platform/log/kafka/protocol.js';

interface Sketch {
  offset: number;
  producer?: number;
  marker?: 'commit' | 'abort';
  /** Of its batch, where that is not this record alone. */
  batch?: [first: number, last: number];
}

function record({ offset, producer, marker, batch = [offset, offset] }: Sketch): FetchedRecord {
  const key = Buffer.from([0, 0, 0, marker === 'commit' ? 1 : 0]);
  return {
    offset: String(offset),
    key: marker === undefined ? Buffer.from(`key-${offset}`) : key,
    value: Buffer.from('v'),
    headers: {},
    timestamp: '0',
    isControlRecord: marker !== undefined,
    batchContext: {
      firstOffset: String(batch[0]),
      lastOffsetDelta: batch[1] - batch[0],
      producerId: String(producer ?? -1),
      inTransaction: producer !== undefined,
    },
  };
}

function fetched(sketches: Sketch[], aborted: [producer: number, first: number][] = []): FetchedPartition {
  return {
    partition: 3,
    highWatermark: '100',
    lastStableOffset: '100',
    abortedTransactions: aborted.map(([id, first]) => ({ producerId: String(id), firstOffset: String(first) })),
    messages: sketches.map(record),
  };
}

const offsets = (partition: FetchedPartition, from: number): number[] =>
  portionOf(partition, from).records.map(({ offset }) => Number(offset));

describe('what a fetch brings', () => {
  it('begins at the place that was asked for, though batches come whole', () => {
    const batch: [number, number] = [5, 8];
    const whole = fetched([5, 6, 7, 8].map((offset) => ({ offset, batch })));
    expect(offsets(whole, 7)).toEqual([7, 8]);
    expect(portionOf(whole, 7)).toMatchObject({ partition: 3, from: 7, next: 9 });
  });

  it('goes on after the end of a batch whose last records were compacted away', () => {
    expect(portionOf(fetched([{ offset: 5, batch: [4, 9] }]), 4).next).toBe(10);
  });

  it('leaves out control records, and goes on after them', () => {
    const partition = fetched([
      { offset: 0, producer: 1 },
      { offset: 1, producer: 1, marker: 'commit' },
    ]);
    expect(offsets(partition, 0)).toEqual([0]);
    expect(portionOf(partition, 0).next).toBe(2);
    expect(portionOf(partition, 1)).toMatchObject({ records: [], next: 2 });
  });

  it('leaves out aborted transactions that overlap, in whatever order the broker lists them', () => {
    const messages: Sketch[] = [
      { offset: 0, producer: 1 },
      { offset: 1, producer: 2 },
      { offset: 2, producer: 3 },
      { offset: 3 },
      { offset: 4, producer: 2, marker: 'abort' },
      { offset: 5, producer: 2 },
      { offset: 6, producer: 1 },
      { offset: 7, producer: 1, marker: 'abort' },
      { offset: 8, producer: 2, marker: 'commit' },
      { offset: 9, producer: 3, marker: 'commit' },
      { offset: 10, producer: 1 },
    ];
    const aborted: [number, number][] = [
      [2, 1],
      [1, 0],
    ];
    for (const list of [aborted, aborted.toReversed()])
      expect(offsets(fetched(messages, list), 0)).toEqual([2, 3, 5, 10]);
    // A fetch that begins inside of them is told of them as well.
    expect(offsets(fetched(messages.slice(3), aborted), 3)).toEqual([3, 5, 10]);
  });

  it('takes a message whose key looks like an abort marker for a message', () => {
    const odd = fetched(
      [
        { offset: 0, producer: 1 },
        { offset: 1, producer: 1 },
      ],
      [[1, 0]],
    );
    (odd.messages[0] as FetchedRecord).key = Buffer.alloc(4);
    expect(offsets(odd, 0)).toEqual([]);
  });

  it('is nothing where there is nothing', () => {
    expect(portionOf(fetched([]), 42)).toEqual({ partition: 3, from: 42, records: [], next: 42 });
  });
});
