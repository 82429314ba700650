import { AssayError } from '../../errors.js';
import { frameMessage } from './frame.js';
import type { StoredMessage } from './port.js';
import { damaged, SegmentScan, segmentBases, segmentOf, segmentPath } from './segment.js';

export interface Portion {
  messages: StoredMessage[];
  /** Where the next portion starts. */
  next: number;
}

/**
 * Reads one partition from its files alone, so that it serves the writing process and others alike. It keeps its place:
 * reading on costs no search. Compaction may replace files under it: an open file stays as it was, and the next one is
 * looked up by offset.
 */
export class PartitionReader {
  readonly #folder: string;
  #scan: SegmentScan | undefined;
  #base = -1;
  #next = -1;
  /** A frame that was read but did not fit into the last portion. */
  #pending = false;
  /** Frames at or past this offset may have been read while they were being written. */
  #trusted = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Messages from `from` up to, not including, `end`; at least one where there is one. */
  read(from: number, end: number, maxMessages: number, maxBytes: number): Portion {
    if (from !== this.#next || this.#scan === undefined) this.#open(from);
    if (end > this.#trusted) {
      this.#scan?.refresh(this.#pending);
      this.#pending = false;
      this.#trusted = end;
    }
    const messages: StoredMessage[] = [];
    let bytes = 0;
    while (this.#next < end && messages.length < maxMessages) {
      const scan = this.#advance(end);
      if (scan === undefined) {
        this.#next = end;
        break;
      }
      if (bytes > 0 && bytes + scan.length > maxBytes) {
        this.#pending = true;
        break;
      }
      this.#pending = false;
      const message = frameMessage(scan.bytes, scan.at, scan.length);
      messages.push(message);
      bytes += scan.length;
      this.#next = message.offset + 1;
    }
    return { messages, next: this.#next };
  }

  close(): void {
    this.#scan?.close();
    this.#scan = undefined;
  }

  /** The scan, standing on the first frame at or past `#next` and below `end`; undefined when there is none. */
  #advance(end: number): SegmentScan | undefined {
    for (;;) {
      const scan = this.#scan;
      if (scan === undefined) return undefined;
      if (this.#pending || scan.next()) {
        this.#pending = false;
        const offset = scan.offset;
        if (offset >= end) {
          this.#pending = true;
          return undefined;
        }
        if (offset >= this.#next) return scan;
        continue;
      }
      if (scan.state !== 'end') {
        throw damaged(scan.path, scan.position, this.#next, scan.state === 'bad' ? 'wrong checksum' : 'cut short');
      }
      if (!this.#openNext(scan, end)) return undefined;
    }
  }

  /** Goes on after the end of a segment; false when nothing below `end` follows. */
  #openNext(scan: SegmentScan, end: number): boolean {
    const bases = segmentBases(this.#folder);
    const at = segmentOf(bases, this.#next);
    const holder = bases[at] as number;
    if (holder !== this.#base || scan.replaced()) {
      this.#open(this.#next);
      return true;
    }
    const following = bases[at + 1];
    if (following === undefined) throw damaged(scan.path, scan.position, this.#next, 'messages are missing');
    if (following >= end) return false;
    this.#openSegment(following);
    // Nothing lies between: without this, an empty segment would be looked for in the one before it, for ever.
    this.#next = Math.max(this.#next, following);
    return true;
  }

  #open(from: number): void {
    this.#next = from;
    for (let attempt = 0; ; attempt++) {
      const bases = segmentBases(this.#folder);
      const base = bases[segmentOf(bases, from)];
      if (base === undefined) throw new AssayError('LOG_CORRUPT', `${this.#folder} has no segments`);
      try {
        this.#openSegment(base);
        return;
      } catch (error) {
        // Compaction in another process may have removed it since it was listed.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 5) throw error;
      }
    }
  }

  #openSegment(base: number): void {
    this.close();
    this.#scan = new SegmentScan(segmentPath(this.#folder, base));
    this.#base = base;
    this.#pending = false;
  }
}
