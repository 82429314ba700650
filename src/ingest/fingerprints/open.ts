import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hash64Into } from '../../hash.js';
import type { Log } from '../../platform/log/port.js';
import { type FingerprintState, type OutrankedSet, readFingerprints, writeFingerprints } from './file.js';
import { FingerprintTable } from './table.js';

export interface OpenFingerprints {
  path: string;
  table: FingerprintTable;
  outranked: OutrankedSet;
  /** The file was missing or damaged although the source was pulled before: the table was made from the log. */
  lost: boolean;
}

/** Losers of repeated keys that are remembered; beyond it some repeats are sent again. */
export const MAX_OUTRANKED = 100_000;
const RAW = 'raw';

/**
 * Opens the fingerprints of a source and brings them up to the end of the log: messages that were appended after the file
 * was written (by a pull that crashed) are read from `raw`, so nothing is sent twice. A lost file is rebuilt in the same
 * way from the beginning; what the log no longer holds is sent again.
 *
 * @param known the source has been pulled successfully before.
 */
export async function openFingerprints(
  dataDir: string,
  source: string,
  log: Log,
  known: boolean,
  signal: AbortSignal,
): Promise<OpenFingerprints> {
  const folder = join(dataDir, 'fingerprints');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${source}.bin`);
  const ends = await endsOf(log);
  let table = new FingerprintTable();
  let state: FingerprintState | 'absent' | 'damaged' = await readFingerprints(path, table);
  if (state === 'absent' && !known) {
    // Written before the first message, so that a crash of the first pull reads only what came after it.
    await writeFingerprints(path, table, { offsets: ends, outranked: new Set() });
    return { path, table, outranked: new Set(), lost: false };
  }
  const lost = typeof state === 'string' || state.offsets.some((offset, i) => offset > (ends[i] ?? 0));
  if (typeof state === 'string' || lost) {
    table = new FingerprintTable();
    state = { offsets: [], outranked: new Set() };
  }
  await catchUp(source, log, table, state, signal);
  return { path, table, outranked: state.outranked, lost };
}

/** Next offset of every partition of `raw`. */
export async function endsOf(log: Log): Promise<number[]> {
  const ends: number[] = [];
  for (const { partition, end } of await log.positions(RAW)) ends[partition] = end;
  return Array.from(ends, (end) => end ?? 0);
}

async function catchUp(
  source: string,
  log: Log,
  table: FingerprintTable,
  state: FingerprintState,
  signal: AbortSignal,
): Promise<void> {
  const prefix = `${source}\u001f`;
  const hash = new Uint32Array(4);
  const before = new Uint32Array(2);
  await log.consume(
    {
      topic: RAW,
      from: async (partition) => state.offsets[partition] ?? 0,
      maxMessages: 5000,
      untilEnd: true,
      signal,
    },
    async ({ messages }) => {
      for (const { key, value } of messages) {
        if (!key.startsWith(prefix)) continue;
        hash64Into(key, hash, 0);
        const keyHigh = hash[0]! & 0x7fffffff;
        const keyLow = hash[1]!;
        if (value === null) {
          table.remove(keyHigh, keyLow);
          continue;
        }
        if (state.outranked.size < MAX_OUTRANKED && table.contentOf(keyHigh, keyLow, before))
          state.outranked.add(pairText(keyHigh, keyLow, before[0]!, before[1]!));
        hash64Into(value, hash, 2);
        table.restore(keyHigh, keyLow, hash[2]!, hash[3]!);
      }
    },
  );
  signal.throwIfAborted();
}

/** A (key, content) pair as the file stores it: 16 bytes, little-endian, in hex. */
export function pairText(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): string {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUInt32LE(keyHigh, 0);
  bytes.writeUInt32LE(keyLow, 4);
  bytes.writeUInt32LE(contentHigh, 8);
  bytes.writeUInt32LE(contentLow, 12);
  return bytes.toString('hex');
}
