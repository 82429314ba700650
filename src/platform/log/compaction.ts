import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FrameBuffer, frameKey, frameTimestamp } from './frame.js';
import { type LogIo, replaceFile, syncFolder, writeFully } from './io.js';
import type { CompactionResult } from './port.js';
import { damaged, SegmentScan, segmentOf, segmentPath } from './segment.js';

/**
 * Closed segments are rewritten in runs: neighbours whose survivors fit into one segment become one. A run is replaced
 * in steps, each of which a crash may end:
 *
 * 1. the survivors are written to `<first>.log.draft` and synced (a draft alone is thrown away at the next start);
 * 2. `swap.json` says which segments it replaces (from here on the swap is finished at the next start);
 * 3. the draft takes the first segment's name; 4. the others are removed; 5. `swap.json` is removed.
 */
const SWAP = 'swap.json';
const FLUSH_BYTES = 1 << 20;

interface Swap {
  base: number;
  remove: number[];
}

/** Whether a message stays: `at` is its segment. */
type Keep = (scan: SegmentScan) => boolean;

export interface RewriteOptions {
  folder: string;
  /** Closed segments only, rising. */
  bases: readonly number[];
  segmentBytes: number;
  io: LogIo;
}

/** Newest offset of every key, and how many messages each segment would lose. */
export async function superseded(bases: readonly number[], folder: string): Promise<{ keep: Keep; losses: number[] }> {
  const newest = new Map<string, number>();
  const losses = bases.map(() => 0);
  for (const base of bases) {
    for (const scan of frames(segmentPath(folder, base))) {
      const key = frameKey(scan.bytes, scan.at);
      const before = newest.get(key);
      if (before !== undefined) (losses[segmentOf(bases, before)] as number)++;
      newest.set(key, scan.offset);
    }
    await pause();
  }
  return { keep: (scan) => newest.get(frameKey(scan.bytes, scan.at)) === scan.offset, losses };
}

/** Time of the newest message of a segment, milliseconds since 1970. */
export function newestTime(folder: string, base: number): number {
  let newest = 0;
  for (const scan of frames(segmentPath(folder, base))) newest = Math.max(newest, frameTimestamp(scan.bytes, scan.at));
  return newest;
}

/**
 * Rewrites what is worth it: segments with losses, and small ones together with their neighbours. Between two segments
 * other work gets its turn.
 */
export async function rewrite(
  options: RewriteOptions,
  keep: Keep,
  losses: readonly number[],
): Promise<CompactionResult> {
  const { folder, bases, segmentBytes, io } = options;
  const result: CompactionResult = { kept: 0, dropped: 0, bytesBefore: 0, bytesAfter: 0 };
  let run: Run | undefined;
  const finish = (): void => {
    const done = run;
    run = undefined;
    if (done === undefined) return;
    const bytes = done.finish();
    result.bytesAfter += bytes;
  };
  try {
    for (const [i, base] of bases.entries()) {
      const path = segmentPath(folder, base);
      const size = statSync(path).size;
      result.bytesBefore += size;
      if (losses[i] === 0 && size >= segmentBytes / 2) {
        finish();
        for (const _ of frames(path)) result.kept++;
        result.bytesAfter += size;
        continue;
      }
      if (run !== undefined && run.bytes + size > segmentBytes) finish();
      run ??= new Run(folder, base, io);
      const { kept, dropped } = run.take(base, keep);
      result.kept += kept;
      result.dropped += dropped;
      await pause();
    }
    finish();
    return result;
  } catch (error) {
    run?.abandon();
    throw error;
  }
}

/** Finishes or undoes what a crash left of a rewrite. */
export function finishSwap(folder: string, leftovers: readonly string[], io: LogIo): void {
  const file = join(folder, SWAP);
  if (existsSync(file)) applySwap(folder, JSON.parse(readFileSync(file, 'utf8')) as Swap, io);
  for (const name of leftovers) io.remove(join(folder, name));
}

function applySwap(folder: string, swap: Swap, io: LogIo): void {
  const draft = `${segmentPath(folder, swap.base)}.draft`;
  if (existsSync(draft)) io.rename(draft, segmentPath(folder, swap.base));
  for (const base of swap.remove) io.remove(segmentPath(folder, base));
  syncFolder(folder);
  io.remove(join(folder, SWAP));
}

class Run {
  /** Bytes kept so far. */
  bytes = 0;
  #taken: number[] = [];
  #dropped = 0;
  readonly #folder: string;
  readonly #io: LogIo;
  readonly #draft: string;
  readonly #fd: number;
  readonly #buffer = new FrameBuffer();

  constructor(folder: string, base: number, io: LogIo) {
    this.#folder = folder;
    this.#io = io;
    this.#draft = `${segmentPath(folder, base)}.draft`;
    this.#fd = io.open(this.#draft, 'w');
  }

  take(base: number, keep: Keep): { kept: number; dropped: number } {
    let kept = 0;
    let dropped = 0;
    for (const scan of frames(segmentPath(this.#folder, base))) {
      if (!keep(scan)) {
        dropped++;
        continue;
      }
      kept++;
      this.#buffer.copy(scan.bytes, scan.at, scan.length);
      if (this.#buffer.length >= FLUSH_BYTES) this.#flush();
    }
    this.#flush();
    this.#taken.push(base);
    this.#dropped += dropped;
    return { kept, dropped };
  }

  /** Puts the draft in place; returns the bytes that are there now. */
  finish(): number {
    const [base, ...remove] = this.#taken as [number, ...number[]];
    if (this.#dropped === 0 && remove.length === 0) {
      this.abandon();
      return this.bytes;
    }
    this.#io.syncNow(this.#fd);
    this.#io.close(this.#fd);
    const swap: Swap = { base, remove };
    replaceFile(this.#io, join(this.#folder, SWAP), JSON.stringify(swap), true);
    syncFolder(this.#folder);
    applySwap(this.#folder, swap, this.#io);
    return this.bytes;
  }

  abandon(): void {
    try {
      this.#io.close(this.#fd);
    } catch {}
    this.#io.remove(this.#draft);
  }

  #flush(): void {
    writeFully(this.#io, this.#fd, this.#buffer.bytes, this.#buffer.length, this.bytes);
    this.bytes += this.#buffer.length;
    this.#buffer.clear();
  }
}

/** The frames of a closed segment; damage raises LOG_CORRUPT. */
export function* frames(path: string): Generator<SegmentScan> {
  const scan = new SegmentScan(path);
  try {
    let next = 0;
    while (scan.next()) {
      next = scan.offset + 1;
      yield scan;
    }
    if (scan.state !== 'end')
      throw damaged(path, scan.position, next, scan.state === 'bad' ? 'wrong checksum' : 'cut short');
  } finally {
    scan.close();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
