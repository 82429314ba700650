import { messageOf } from '../../errors.js';
import { feedFault, type PullItem, recordFault } from '../connector.js';
import { type CsvDialect, sniffDelimiter } from './csv-dialect.js';
import { type Row, readQuotedRow } from './csv-row.js';
import { columnNames, looksLikeHtml } from './names.js';
import { isDamaged, type TextChunk } from './text.js';

/** Characters looked at before the delimiter is settled. */
const SNIFFED = 65_536;

/**
 * Reads CSV text as it comes into rows by column name. Lines without a quote are found with one `indexOf` and cut with one
 * `split` (1.9M rows of 11 columns a CPU second against 1.5M cell by cell); the others are read cell by cell.
 *
 * A row that is broken (ragged, a quote that is not closed or followed by other text, undecodable, too large) is a fault
 * and takes its first line with it, no more: reading goes on at the next line, so a stray quote cannot swallow the rows
 * after it. A quote inside an unquoted cell is an ordinary character; empty lines are passed over.
 */
export class CsvReader {
  readonly #name: string;
  readonly #maxChars: number;
  readonly #options: CsvDialect;
  #rest = '';
  #damaged = false;
  /** Line, from 1, at which `#rest` starts. */
  #line = 1;
  /** Try again when there is this much text: a long quoted cell is not read over for every chunk of it. */
  #wait = 0;
  /** Inside a line that is too large: dropping text up to its end. */
  #skipping = false;
  #delimiter = '';
  #newline = '\n';
  #columns: string[] | undefined;
  #make: (cells: string[]) => Record<string, string> = () => ({});
  #html = false;

  constructor(name: string, options: CsvDialect, maxChars: number) {
    this.#name = name;
    this.#options = options;
    this.#maxChars = maxChars;
  }

  /** Items of all rows that `chunk` completes. */
  push(chunk: TextChunk): PullItem[] {
    this.#rest = this.#rest === '' ? chunk.text : this.#rest + chunk.text;
    this.#damaged ||= chunk.damaged;
    if (this.#rest.length < this.#wait) return [];
    return this.#read(false);
  }

  /** Items of what is left. With a failure of the input the open row is not trusted: it may be half of a good one. */
  end(failure?: unknown): PullItem[] {
    if (failure === undefined) {
      const items = this.#read(true);
      if (this.#columns === undefined && !this.#html)
        items.push(feedFault('SOURCE_MALFORMED', 'the feed is empty: not even a header', this.#name));
      return items;
    }
    const cut = this.#rest.lastIndexOf(this.#newline) + 1;
    const tail = this.#rest.slice(cut);
    this.#rest = this.#rest.slice(0, cut);
    const items = this.#rest === '' ? [] : this.#read(true);
    if (tail !== '') items.push(this.#fault(`the feed ended inside this row: ${messageOf(failure)}`, tail));
    return items;
  }

  #read(last: boolean): PullItem[] {
    const items: PullItem[] = [];
    if (!this.#prepare(items, last)) return items;
    const text = this.#rest;
    const quote = this.#options.quote;
    const delimiter = this.#delimiter;
    let at = this.#skipping ? this.#skip(text) : 0;
    let nextQuote = quote === '' ? Number.POSITIVE_INFINITY : -1;
    while (at < text.length) {
      let end = text.indexOf(this.#newline, at);
      if (end < 0 && last) end = text.length;
      if (nextQuote < at) {
        nextQuote = text.indexOf(quote, at);
        if (nextQuote < 0) nextQuote = Number.POSITIVE_INFINITY;
      }
      if (nextQuote < (end < 0 ? text.length : end)) {
        const row = readQuotedRow(text, at, quote, delimiter, this.#newline, this.#limit(), last);
        if (row.state === 'open' && text.length - at <= this.#maxChars) break;
        if (row.state === 'open') row.reason = `the row is larger than max_record_bytes (${this.#maxChars})`;
        const next = this.#quoted(row, text, at, items);
        if (next < 0) return this.#overlong(text, at, items);
        at = next;
        continue;
      }
      if (end < 0) {
        if (text.length - at <= this.#maxChars) break;
        return this.#overlong(text, at, items);
      }
      const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (stop > at) this.#row(text.slice(at, stop).split(delimiter), text, at, stop, items);
      this.#line++;
      at = end + 1;
    }
    this.#keep(text, at);
    return items;
  }

  /** Settles HTML or CSV, line end and delimiter once enough text is there. */
  #prepare(items: PullItem[], last: boolean): boolean {
    if (this.#html) {
      this.#rest = '';
      return false;
    }
    if (this.#delimiter !== '') return true;
    if (this.#rest.length < SNIFFED && !last) return false;
    if (looksLikeHtml(this.#rest)) {
      this.#html = true;
      items.push(feedFault('SOURCE_MALFORMED', 'the source sent an HTML page instead of CSV', this.#name));
      this.#rest = '';
      return false;
    }
    const head = this.#rest.slice(0, SNIFFED);
    if (!head.includes('\n') && head.includes('\r')) this.#newline = '\r';
    this.#delimiter = this.#options.delimiter ?? sniffDelimiter(head, this.#options.quote, this.#newline);
    if (this.#options.columns) this.#setColumns(this.#options.columns);
    return true;
  }

  #limit(): number {
    return this.#columns?.length ?? 65_536;
  }

  /** Takes a row with quotes; returns where to go on, or -1 when its first line is too large for that to be known yet. */
  #quoted(row: Row, text: string, at: number, items: PullItem[]): number {
    const good = row.state === 'row' && row.next - at <= this.#maxChars + 2;
    if (good && (this.#columns === undefined || row.cells.length === this.#columns.length)) {
      const end = text.charCodeAt(row.next - 1) === this.#newline.charCodeAt(0) ? row.next - 1 : row.next;
      this.#row(row.cells, text, at, end, items);
      this.#line += row.lines;
      return row.next;
    }
    const newline = text.indexOf(this.#newline, at);
    if (newline < 0 && row.state === 'open') return -1;
    const stop = newline < 0 ? text.length : newline;
    items.push(this.#fault(row.reason || this.#ragged(row.cells.length), text.slice(at, stop)));
    this.#line++;
    return stop + 1;
  }

  #row(cells: string[], text: string, at: number, end: number, items: PullItem[]): void {
    if (this.#columns === undefined) {
      this.#setColumns(cells);
      return;
    }
    if (cells.length !== this.#columns.length) {
      items.push(this.#fault(this.#ragged(cells.length), text.slice(at, end)));
    } else if (end - at > this.#maxChars) {
      items.push(this.#fault(`the row is larger than max_record_bytes (${this.#maxChars})`, text.slice(at, end)));
    } else if (this.#damaged && isDamaged(text.slice(at, end))) {
      items.push(this.#fault('the row has bytes that are not valid in its encoding', text.slice(at, end)));
    } else items.push({ data: this.#make(cells), origin: `${this.#name}:${this.#line}` });
  }

  #setColumns(cells: readonly string[]): void {
    const columns = columnNames(cells);
    this.#columns = columns;
    const template: Record<string, string> = Object.fromEntries(columns.map((column) => [column, '']));
    this.#make = (values) => {
      // A copy has its shape at once; adding the columns one by one to an empty object reallocates it several times.
      const row = { ...template };
      for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]!;
      return row;
    };
  }

  #ragged(cells: number): string {
    const columns = this.#columns?.length ?? 0;
    return cells > columns
      ? `the row has more cells than the header has columns (${columns})`
      : `the row has ${cells} cells where the header has ${columns}`;
  }

  #fault(reason: string, original: string): PullItem {
    return recordFault(reason, original, `${this.#name}:${this.#line}`);
  }

  #overlong(text: string, at: number, items: PullItem[]): PullItem[] {
    items.push(
      this.#fault(`the row is larger than max_record_bytes (${this.#maxChars})`, text.slice(at, at + this.#maxChars)),
    );
    this.#skipping = true;
    this.#rest = '';
    this.#wait = 0;
    return items;
  }

  #skip(text: string): number {
    const newline = text.indexOf(this.#newline);
    if (newline < 0) return text.length;
    this.#skipping = false;
    this.#line++;
    return newline + 1;
  }

  #keep(text: string, at: number): void {
    this.#rest = at >= text.length ? '' : text.slice(at);
    this.#wait = this.#rest.length > SNIFFED ? Math.min(this.#rest.length * 2, this.#maxChars + 1) : 0;
    if (this.#damaged) this.#damaged = isDamaged(this.#rest);
  }
}
