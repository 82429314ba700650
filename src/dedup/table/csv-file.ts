import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { AssayError, messageOf } from '../../errors.js';
import { CsvReader } from '../../ingest/formats/index.js';

export interface CsvRow {
  /** `file:line`. */
  origin: string;
  cells: Record<string, string>;
}

const CHUNK_BYTES = 1 << 20;
const LARGEST_ROW = 1 << 26;

/**
 * Reads a CSV file (also gzipped) row by row, a chunk at a time: UTF-8, or UTF-16 with a byte order mark; the delimiter is
 * found in the first lines. Synchronous, because a corpus is built in one pass without anything else to do meanwhile.
 *
 * @param file path to open
 * @param name the file's name in messages
 * @throws AssayError USAGE when it cannot be opened, INPUT_INVALID at the first row that cannot be read
 */
export function* readCsv(file: string, name = file): Generator<CsvRow> {
  const reader = new CsvReader(name, { quote: '"' }, LARGEST_ROW);
  for (const text of decoded(file)) yield* rowsOf(reader.push({ text, damaged: false }));
  yield* rowsOf(reader.end());
}

function* rowsOf(items: ReturnType<CsvReader['push']>): Generator<CsvRow> {
  for (const item of items) {
    if ('fault' in item) throw new AssayError('INPUT_INVALID', `${item.fault.origin}: ${item.fault.reason}`);
    yield { origin: item.origin, cells: item.data as Record<string, string> };
  }
}

function* decoded(file: string): Generator<string> {
  let decoder: TextDecoder | undefined;
  for (const bytes of chunksOf(file)) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function* chunksOf(file: string): Generator<Uint8Array> {
  if (file.endsWith('.gz')) {
    yield unpacked(file);
    return;
  }
  const descriptor = opened(file, () => openSync(file, 'r'));
  try {
    for (;;) {
      const buffer = new Uint8Array(CHUNK_BYTES);
      const read = opened(file, () => readSync(descriptor, buffer));
      if (read === 0) return;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function unpacked(file: string): Uint8Array {
  const packed = opened(file, () => readFileSync(file));
  try {
    return gunzipSync(packed);
  } catch (error) {
    throw new AssayError('INPUT_INVALID', `${file}: cannot be unpacked: ${messageOf(error)}`, { cause: error });
  }
}

function opened<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : messageOf(error);
    throw new AssayError('USAGE', `${file}: ${reason}`, { cause: error });
  }
}
