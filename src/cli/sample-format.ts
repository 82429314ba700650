import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { AssayError } from '../errors.js';

const HEAD_BYTES = 1 << 18;

/** The first part of a file, unpacked when it is gzip. */
export function headOf(file: string): Buffer {
  const buffer = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(file, 'r');
  try {
    const head = buffer.subarray(0, readSync(handle, buffer, 0, HEAD_BYTES, 0));
    if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, 4 * HEAD_BYTES);
  } finally {
    closeSync(handle);
  }
}

/** The connector that reads a sample feed, by its name and its first characters, with the options that can be guessed. */
export function sampleConnector(name: string, head: Buffer): { type: string; [option: string]: unknown } {
  const extension = /\.(\w+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const start = head.toString('latin1').replace(/^ï»¿/, '').trimStart();
  if (extension === 'xml' || start.startsWith('<')) return { type: 'xml', element: repeatingElement(start, name) };
  if (['jsonl', 'ndjson'].includes(extension)) return { type: 'jsonl' };
  if (extension === 'json' || start.startsWith('[')) return { type: 'json' };
  if (start.startsWith('{')) return { type: 'jsonl' };
  return isUtf8(head) ? { type: 'csv' } : { type: 'csv', encoding: 'windows-1252' };
}

/** The cut at the end of the head may go through a character. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The element that is one record: of those that occur at least twice and have children, the one nearest to the root, and
 * of these the most frequent.
 *
 * @throws AssayError USAGE when there is none.
 */
export function repeatingElement(text: string, name: string): string {
  const found = new Map<string, { count: number; depth: number; parent: boolean }>();
  const open: string[] = [];
  const parser = new SaxesParser({ position: false });
  parser.on('error', () => {});
  parser.on('opentag', ({ name: tag }) => {
    const parent = found.get(open.at(-1) ?? '');
    if (parent) parent.parent = true;
    const known = found.get(tag) ?? { count: 0, depth: open.length, parent: false };
    found.set(tag, { ...known, count: known.count + 1 });
    open.push(tag);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text);
  const [best] = [...found]
    .filter(([, { count, parent }]) => count > 1 && parent)
    .sort(([, a], [, b]) => a.depth - b.depth || b.count - a.count);
  if (!best) throw new AssayError('USAGE', `${name} has no element that repeats; name one with --element`);
  return best[0];
}
