import { readFileSync } from 'node:fs';
import { anyFrameAfter, MIN_FRAME } from './frame.js';
import { damaged, SegmentScan, segmentBases, segmentPath } from './segment.js';

/** A half-written end that was cut off when the log was opened. Nothing acknowledged was in it. */
export interface TornTail {
  topic: string;
  partition: number;
  segment: string;
  /** Where it was cut, and how much. */
  position: number;
  bytes: number;
}

/** Where the next message of a partition goes. */
export interface Tail {
  base: number;
  size: number;
  next: number;
  /** Bytes after `size` that are no message. */
  torn: number;
}

/**
 * Reads the newest segment to its end. Only that one can be torn: every older segment was synced before the next was
 * begun. Damage that is followed by a whole message is no torn tail and raises LOG_CORRUPT.
 */
export function findTail(folder: string): Tail {
  const base = segmentBases(folder).at(-1);
  if (base === undefined) return { base: 0, size: 0, next: 0, torn: 0 };
  const path = segmentPath(folder, base);
  const scan = new SegmentScan(path);
  try {
    let next = base;
    while (scan.next()) next = scan.offset + 1;
    const size = scan.position;
    if (scan.state === 'end') return { base, size, next, torn: 0 };
    const rest = readFileSync(path).subarray(size);
    if (anyFrameAfter(rest, 1, next)) throw damaged(path, size, next, 'whole messages follow the damage');
    return { base, size, next, torn: rest.length };
  } finally {
    scan.close();
  }
}

/**
 * First offset that can be given out after a torn tail: none of the messages that may have been in it is ever named
 * twice, so a consumer that has seen one of them does not take a new one for it.
 */
export function offsetAfterTorn(tail: Tail): number {
  return tail.next + Math.ceil(tail.torn / MIN_FRAME) + 1;
}
