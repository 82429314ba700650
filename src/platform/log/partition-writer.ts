import { constants } from 'node:fs';
import { AssayError, messageOf } from '../../errors.js';
import type { FrameBuffer } from './frame.js';
import { type LogIo, syncFolder, writeFully } from './io.js';
import { offsetAfterTorn, type Tail } from './recovery.js';
import { segmentPath } from './segment.js';

const READ_WRITE = constants.O_RDWR | constants.O_CREAT;

/** When an append counts as durable: after its own fdatasync, after one shared with concurrent appends, or at once. */
export type FsyncPolicy = 'always' | 'batch' | 'off';

export interface WriterOptions {
  segmentBytes: number;
  fsync: FsyncPolicy;
  io: LogIo;
}

/**
 * The writing end of one partition. `next` is the offset the next message gets; readers see offsets below `visible`,
 * which follows `next` once the messages are durable. An append is `write` and then `settle`; when a write fails, `undo`
 * of every partition that took part leaves the files as they were.
 */
export class PartitionWriter {
  next: number;
  visible: number;
  #base: number;
  #size: number;
  #fd: number;
  #before: { base: number; size: number; next: number } | undefined;
  #durableSize: number;
  #syncing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  #broken: AssayError | undefined;
  readonly #folder: string;
  readonly #options: WriterOptions;
  readonly #published: () => void;

  constructor(folder: string, tail: Tail, options: WriterOptions, published: () => void) {
    this.#folder = folder;
    this.#options = options;
    this.#published = published;
    this.#base = tail.base;
    this.#size = tail.size;
    this.#durableSize = tail.size;
    this.next = tail.next;
    this.#fd = options.io.open(segmentPath(folder, tail.base), READ_WRITE);
    if (tail.torn > 0) {
      options.io.truncate(this.#fd, tail.size);
      this.next = offsetAfterTorn(tail);
      this.#begin(this.next);
    }
    this.visible = this.next;
  }

  /** The segment that is written to, and how much is in it. */
  get tail(): Tail {
    return { base: this.#base, size: this.#size, next: this.next, torn: 0 };
  }

  /** Writes frames that carry the offsets from `next` on. A full segment is closed first, so one exceeds its limit by at most one append. */
  write(frames: FrameBuffer): void {
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#size > 0 && this.#size + frames.length > this.#options.segmentBytes) this.roll();
    this.#before = { base: this.#base, size: this.#size, next: this.next };
    writeFully(this.#options.io, this.#fd, frames.bytes, frames.length, this.#size);
    this.#size += frames.length;
    this.next += frames.count;
  }

  /** Takes back the last `write`, finished or not. */
  undo(): void {
    if (this.#before === undefined) return;
    this.#cutTo(this.#before.size, this.#before.next);
  }

  /** Resolves when all that was written so far is durable and visible. */
  settle(): Promise<void> {
    this.#before = undefined;
    const { fsync, io } = this.#options;
    if (fsync === 'batch') {
      if (this.#syncing === undefined) return this.#sync();
      this.#queued ??= this.#syncing.then(() => this.#sync());
      return this.#queued;
    }
    if (fsync === 'always') io.syncNow(this.#fd);
    this.#publish(this.next, this.#size);
    return Promise.resolve();
  }

  /** Closes the current segment, if anything is in it, and begins the next. */
  roll(): void {
    if (this.#size === 0) return;
    if (this.#options.fsync !== 'off') this.#options.io.syncNow(this.#fd);
    this.#publish(this.next, this.#size);
    this.#begin(this.next);
  }

  async close(): Promise<void> {
    await this.#queued?.catch(() => {});
    await this.#syncing?.catch(() => {});
    this.#options.io.close(this.#fd);
  }

  #begin(base: number): void {
    const { io, fsync } = this.#options;
    const fd = io.open(segmentPath(this.#folder, base), READ_WRITE);
    const old = this.#fd;
    // A sync that is under way still uses the old descriptor.
    if (this.#syncing === undefined) io.close(old);
    else this.#syncing.catch(() => {}).finally(() => io.close(old));
    if (fsync !== 'off') syncFolder(this.#folder);
    this.#fd = fd;
    this.#base = base;
    this.#size = 0;
    this.#durableSize = 0;
  }

  #sync(): Promise<void> {
    this.#queued = undefined;
    const { next } = this;
    const base = this.#base;
    const size = this.#size;
    const done = this.#options.io.sync(this.#fd).then(
      () => {
        this.#syncing = undefined;
        this.#publish(next, base === this.#base ? size : 0);
      },
      (error: unknown) => {
        this.#syncing = undefined;
        throw this.#failed(base, error);
      },
    );
    this.#syncing = done;
    return done;
  }

  #publish(next: number, durableSize: number): void {
    this.#durableSize = Math.max(this.#durableSize, durableSize);
    if (next <= this.visible) return;
    this.visible = next;
    this.#published();
  }

  /**
   * After a failed fdatasync nobody knows which pages reached the disk: everything after the last good one is cut off,
   * and every append that waits for it is refused. Where a new segment was begun meanwhile, the partition stays closed
   * for writing until the log is opened again.
   */
  #failed(base: number, error: unknown): unknown {
    this.#queued = undefined;
    try {
      if (base === this.#base) {
        this.#cutTo(this.#durableSize, this.visible);
        return error;
      }
    } catch {}
    this.#broken = new AssayError('LOG_CORRUPT', `${this.#folder} could not be made durable: ${messageOf(error)}`, {
      cause: error,
    });
    return error;
  }

  #cutTo(size: number, next: number): void {
    this.#options.io.truncate(this.#fd, size);
    this.#size = size;
    this.next = next;
    this.#before = undefined;
  }
}
