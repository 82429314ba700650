import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { AssayError, messageOf } from '../../errors.js';

const BUFFERED = 1 << 16;

/**
 * Writes a CSV file in large pieces. The file appears under its name when it is complete: a run that fails leaves nothing
 * that could be taken for a result.
 */
export class CsvWriter {
  readonly #path: string;
  readonly #columns: number;
  readonly #descriptor: number;
  #text = '';

  /** @throws AssayError USAGE when the file cannot be created */
  constructor(path: string, header: readonly string[]) {
    this.#path = path;
    this.#columns = header.length;
    try {
      this.#descriptor = openSync(this.#part(), 'w');
    } catch (error) {
      throw new AssayError('USAGE', `${path}: cannot be written: ${messageOf(error)}`, { cause: error });
    }
    this.row(header);
  }

  row(cells: readonly (string | number)[]): void {
    if (cells.length !== this.#columns) throw new Error(`a row of ${cells.length} cells, not ${this.#columns}`);
    this.#text += `${cells.map(cellText).join(',')}\n`;
    if (this.#text.length >= BUFFERED) this.#flush();
  }

  /** Completes the file. */
  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
    renameSync(this.#part(), this.#path);
  }

  /** Gives up: removes what was written. */
  abandon(): void {
    closeSync(this.#descriptor);
    rmSync(this.#part(), { force: true });
  }

  #part(): string {
    return `${this.#path}.part`;
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#text = '';
  }
}

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

function cellText(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Runs `write` with a new file; the file stays only when it succeeds. */
export function writeCsv(path: string, header: readonly string[], write: (writer: CsvWriter) => void): void {
  const writer = new CsvWriter(path, header);
  try {
    write(writer);
  } catch (error) {
    writer.abandon();
    throw error;
  }
  writer.close();
}
