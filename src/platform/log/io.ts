import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/**
 * Every change the log makes on disk goes through these calls, so that a test can fill the disk, or kill the process,
 * at any one of them. Writes are synchronous: framing 2,000 messages takes longer than handing them to the page cache,
 * and a message that is written before the next line runs needs no queue. Only the wait for the disk is asynchronous.
 */
export interface LogIo {
  open(path: string, flags: string | number): number;
  /** Bytes written; may be fewer than asked. */
  write(fd: number, bytes: Uint8Array, at: number, length: number, position: number): number;
  truncate(fd: number, length: number): void;
  sync(fd: number): Promise<void>;
  syncNow(fd: number): void;
  close(fd: number): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
}

export const fileIo: LogIo = {
  open: (path, flags) => openSync(path, flags, 0o644),
  write: (fd, bytes, at, length, position) => writeSync(fd, bytes, at, length, position),
  truncate: (fd, length) => ftruncateSync(fd, length),
  sync: (fd) =>
    new Promise((resolve, reject) => {
      fdatasync(fd, (error) => (error === null ? resolve() : reject(error)));
    }),
  syncNow: (fd) => fdatasyncSync(fd),
  close: (fd) => closeSync(fd),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
};

/** Writes all of the bytes at `position`. */
export function writeFully(io: LogIo, fd: number, bytes: Uint8Array, length: number, position: number): void {
  let done = 0;
  while (done < length) done += io.write(fd, bytes, done, length - done, position + done);
}

/** Makes names that were created, renamed or removed in the folder durable. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Replaces a small file whole: readers see the old or the new text, also after a crash. */
export function replaceFile(io: LogIo, path: string, text: string, durable: boolean): void {
  const draft = `${path}.tmp`;
  const bytes = Buffer.from(text);
  const fd = io.open(draft, 'w');
  try {
    writeFully(io, fd, bytes, bytes.length, 0);
    if (durable) io.syncNow(fd);
  } finally {
    io.close(fd);
  }
  io.rename(draft, path);
}
