import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '../../errors.js';
import { frameIntact, frameLength, frameOffset, PREFIX } from './frame.js';

/** A partition's folder holds segments named by the offset of their first message (or where it would be). */
export function segmentPath(folder: string, base: number): string {
  return join(folder, `${String(base).padStart(16, '0')}.log`);
}

/** Bases of the segments in a folder, rising. */
export function segmentBases(folder: string): number[] {
  const bases: number[] = [];
  for (const name of readdirSync(folder)) if (/^\d{16}\.log$/.test(name)) bases.push(Number(name.slice(0, 16)));
  return bases.sort((a, b) => a - b);
}

/** Position in `bases` of the segment that holds `offset` or, where there is none, of the first one; -1 when there are no segments. */
export function segmentOf(bases: readonly number[], offset: number): number {
  let low = 0;
  let high = bases.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bases[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return bases.length === 0 ? -1 : Math.max(0, low - 1);
}

export function damaged(path: string, position: number, next: number, what: string): AssayError {
  return new AssayError(
    'LOG_CORRUPT',
    `${path} is damaged at byte ${position}, where the message at offset ${next} or later should be: ${what}`,
    { details: { segment: path, position, offset: next } },
  );
}

/**
 * Reads a segment frame by frame, in chunks, so that memory stays flat whatever its size. After `next()` returned true,
 * `bytes`, `at` and `length` delimit an intact frame; after false, `state` tells why: `end` (nothing follows), `short`
 * (a frame without its end) or `bad` (its checksum is wrong). The file may grow: `next()` looks again after `end` and `short`.
 */
export class SegmentScan {
  readonly path: string;
  bytes: Buffer;
  at = 0;
  length = 0;
  state: 'frame' | 'end' | 'short' | 'bad' = 'frame';
  /** Position in the file of the first byte of `bytes`. */
  #start = 0;
  #filled = 0;
  readonly #fd: number;

  constructor(path: string, chunkBytes = 1 << 20) {
    this.path = path;
    this.#fd = openSync(path, 'r');
    this.bytes = Buffer.allocUnsafeSlow(chunkBytes);
  }

  /** Where in the file the current frame starts; after false, where the next one would. */
  get position(): number {
    return this.#start + this.at;
  }

  get offset(): number {
    return frameOffset(this.bytes, this.at);
  }

  next(): boolean {
    this.at += this.length;
    this.length = 0;
    if (!this.#have(PREFIX)) return this.#stop(this.#filled === this.at ? 'end' : 'short');
    const length = frameLength(this.bytes, this.at);
    if (!this.#have(length)) return this.#stop('short');
    if (!frameIntact(this.bytes, this.at, length)) return this.#stop('bad');
    this.length = length;
    this.state = 'frame';
    return true;
  }

  /** Forgets what was read ahead, as it may have changed since; with `again`, `next()` reads the current frame once more. */
  refresh(again: boolean): void {
    this.#start += this.at + (again ? 0 : this.length);
    this.at = 0;
    this.length = 0;
    this.#filled = 0;
  }

  size(): number {
    return fstatSync(this.#fd).size;
  }

  /** Whether compaction has put another file, or none, in this one's place. */
  replaced(): boolean {
    const now = statSync(this.path, { throwIfNoEntry: false });
    return now === undefined || now.ino !== fstatSync(this.#fd).ino;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #stop(state: 'end' | 'short' | 'bad'): false {
    this.state = state;
    return false;
  }

  #have(wanted: number): boolean {
    if (this.#filled - this.at >= wanted) return true;
    // A damaged length must not make us reserve gigabytes: a frame never reaches past the end of its file.
    if (wanted > this.bytes.length && this.position + wanted > this.size()) return false;
    const target = wanted > this.bytes.length ? Buffer.allocUnsafeSlow(wanted) : this.bytes;
    this.bytes.copy(target, 0, this.at, this.#filled);
    this.bytes = target;
    this.#start += this.at;
    this.#filled -= this.at;
    this.at = 0;
    while (this.#filled < wanted) {
      const read = readSync(this.#fd, target, this.#filled, target.length - this.#filled, this.#start + this.#filled);
      if (read === 0) return false;
      this.#filled += read;
    }
    return true;
  }
}
