import { AssayError } from '../../errors.js';
import { copyField } from './value-text.js';

/** Rows are handed over in portions of about this size: one COPY each, in one transaction. */
const PORTION_BYTES = 4 << 20;

export function identifier(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

/** `from`: a file of the engine, or `stdin`. */
export function copyStatement(
  table: string,
  columns: readonly string[],
  from: "'/dev/blob'" | 'stdin' = "'/dev/blob'",
): string {
  return `copy ${identifier(table)} (${columns.map((column) => identifier(column)).join(', ')}) from ${from}`;
}

/** Rows in COPY's text format. */
export function* copyPortions(
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Generator<{ bytes: Uint8Array; count: number }> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    if (row.length !== columns.length)
      throw new AssayError(
        'DATABASE',
        `copy into ${table}: a row has ${row.length} values for ${columns.length} columns`,
      );
    for (let i = 0; i < row.length; i++) text += (i === 0 ? '' : '\t') + copyField(row[i]);
    text += '\n';
    count++;
    if (text.length >= PORTION_BYTES) {
      yield { bytes: encode(text), count };
      text = '';
      count = 0;
    }
  }
  if (count > 0) yield { bytes: encode(text), count };
}

/** In memory of its own, which can be handed to another thread. */
function encode(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
