import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LogIo, replaceFile, syncFolder } from './io.js';
import type { Tail } from './recovery.js';
import { segmentBases, segmentPath } from './segment.js';

/** Where every partition ended, by topic. Written by a clean close and removed at the next start, which then need not scan. */
export type CleanEnd = Record<string, Tail[]>;

const FILE = 'clean.json';

export function writeCleanEnd(folder: string, end: CleanEnd, io: LogIo, durable: boolean): void {
  replaceFile(io, join(folder, FILE), JSON.stringify(end), durable);
}

/** Undefined after anything but a clean close. The note is gone before anything is written. */
export function takeCleanEnd(folder: string, durable: boolean): CleanEnd | undefined {
  const file = join(folder, FILE);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CleanEnd;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
    if (durable) syncFolder(folder);
  }
}

/** The noted tail, when the files still look so. */
export function confirmTail(folder: string, tail: Tail | undefined): Tail | undefined {
  if (tail === undefined || segmentBases(folder).at(-1) !== tail.base) return undefined;
  return statSync(segmentPath(folder, tail.base)).size === tail.size ? tail : undefined;
}
