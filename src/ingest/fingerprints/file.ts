import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { ENTRY, type FingerprintTable } from './table.js';

/**
 * The fingerprint file, little-endian:
 * `ASFP` · version u32 · entries u32 · outranked u32 · partitions u32 · per partition: next offset f64 ·
 * entries (16 bytes each) · outranked (16 bytes each) · CRC-32 of everything before it u32.
 */
const MAGIC = 0x50465341;
const VERSION = 1;
const HEADER = 20;
const ENTRY_BYTES = ENTRY * 4;
/** Entries read at once. */
const BLOCK = 65_536;

/** The pairs of (key hash, content hash) that lost against another content of the same key in one pull; see `Sender`. */
export type OutrankedSet = Set<string>;

export interface FingerprintState {
  /** Per partition of the raw topic: messages from this offset on are not in the table yet. */
  offsets: number[];
  outranked: OutrankedSet;
}

/** Writes the file so that a crash leaves the old or the new one, never a mixture. */
export async function writeFingerprints(path: string, table: FingerprintTable, state: FingerprintState): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, 'w');
  try {
    let crc = 0;
    const write = async (bytes: Uint8Array): Promise<void> => {
      crc = crc32(bytes, crc);
      await handle.write(bytes);
    };
    const outranked = [...state.outranked].sort();
    await write(bytesOf(new Uint32Array([MAGIC, VERSION, table.size, outranked.length, state.offsets.length])));
    await write(bytesOf(new Float64Array(state.offsets)));
    for (const block of table.blocks()) await write(bytesOf(block));
    await write(Buffer.from(outranked.join(''), 'hex'));
    await handle.write(bytesOf(new Uint32Array([crc])));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Fills `table` from the file. 'absent' when there is none, 'damaged' when it cannot be believed (`table` is then unusable). */
export async function readFingerprints(
  path: string,
  table: FingerprintTable,
): Promise<FingerprintState | 'absent' | 'damaged'> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'damaged';
  }
  try {
    return (await readBody(new CheckedReader(handle), table, (await handle.stat()).size)) ?? 'damaged';
  } finally {
    await handle.close();
  }
}

async function readBody(
  reader: CheckedReader,
  table: FingerprintTable,
  size: number,
): Promise<FingerprintState | undefined> {
  if (size < HEADER + 4) return undefined;
  const header = await reader.take(HEADER);
  const [magic, version, entries, lost, partitions] = [0, 4, 8, 12, 16].map((at) => header.readUInt32LE(at));
  if (magic !== MAGIC || version !== VERSION) return undefined;
  if (size !== HEADER + partitions! * 8 + (entries! + lost!) * ENTRY_BYTES + 4) return undefined;
  const places = await reader.take(partitions! * 8);
  const offsets = Array.from({ length: partitions! }, (_, i) => places.readDoubleLE(i * 8));
  for (let left = entries!; left > 0; left -= BLOCK) {
    const block = await reader.take(Math.min(left, BLOCK) * ENTRY_BYTES);
    for (let at = 0; at < block.length; at += ENTRY_BYTES)
      table.restore(
        block.readUInt32LE(at),
        block.readUInt32LE(at + 4),
        block.readUInt32LE(at + 8),
        block.readUInt32LE(at + 12),
      );
  }
  const outranked: OutrankedSet = new Set();
  const losers = await reader.take(lost! * ENTRY_BYTES);
  for (let at = 0; at < losers.length; at += ENTRY_BYTES) outranked.add(losers.toString('hex', at, at + ENTRY_BYTES));
  const expected = reader.crc;
  return (await reader.take(4)).readUInt32LE(0) === expected ? { offsets, outranked } : undefined;
}

/** Reads a file from its start and keeps the checksum of what was read. */
class CheckedReader {
  crc = 0;
  readonly #handle: FileHandle;
  constructor(handle: FileHandle) {
    this.#handle = handle;
  }
  async take(bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await this.#handle.read(buffer, at, bytes - at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    this.crc = crc32(buffer, this.crc);
    return buffer;
  }
}

function bytesOf(array: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
