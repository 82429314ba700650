/** What stands at a place of the text where a row with quotes starts. */
export interface Row {
  /** row: whole. open: the text ends first. broken: `reason` says why. */
  state: 'row' | 'open' | 'broken';
  cells: string[];
  /** Where the next row starts. */
  next: number;
  /** Lines that the row takes. */
  lines: number;
  reason: string;
}

/**
 * Reads one row from `at`. It stops as soon as there are more cells than `limit`, so that a stray quote costs no more than
 * a few cells. A doubled quote in a quoted cell is one quote.
 *
 * @param last the text ends the feed, so the row may end with it.
 */
export function readQuotedRow(
  text: string,
  at: number,
  quote: string,
  delimiter: string,
  newline: string,
  limit: number,
  last: boolean,
): Row {
  const row: Row = { state: 'open', cells: [], next: at, lines: 1, reason: '' };
  const { cells } = row;
  const length = text.length;
  const delimiterCode = delimiter.charCodeAt(0);
  const newlineCode = newline.charCodeAt(0);
  let position = at;
  for (;;) {
    if (cells.length > limit) return broken(row, '');
    if (text.startsWith(quote, position)) {
      const close = closingQuote(text, position + 1, quote);
      if (close < 0 || (close === length - 1 && !last))
        return last ? broken(row, `the quote at character ${position - at + 1} is not closed`) : row;
      cells.push(unquote(text.slice(position + 1, close), quote));
      position = close + 1;
      if (position < length && text.charCodeAt(position) === 13 && newlineCode === 10) {
        if (position + 1 === length && !last) return row;
        if (position + 1 === length || text.charCodeAt(position + 1) === 10) position++;
      }
    } else {
      const start = position;
      while (position < length) {
        const code = text.charCodeAt(position);
        if (code === delimiterCode || code === newlineCode) break;
        position++;
      }
      if (position === length && !last) return row;
      const ends = position === length || text.charCodeAt(position) === newlineCode;
      const stop = ends && position > start && text.charCodeAt(position - 1) === 13 ? position - 1 : position;
      cells.push(text.slice(start, stop));
    }
    if (position >= length || text.charCodeAt(position) === newlineCode) {
      row.next = Math.min(position + 1, length);
      row.lines = linesIn(text, at, position, newline);
      row.state = 'row';
      return row;
    }
    if (text.charCodeAt(position) !== delimiterCode)
      return broken(row, `the quoted cell ${cells.length} is followed by other text`);
    position++;
  }
}

function broken(row: Row, reason: string): Row {
  row.state = 'broken';
  row.reason = reason;
  return row;
}

function closingQuote(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at >= 0 && text.startsWith(quote, at + 1)) at = text.indexOf(quote, at + 2);
  return at;
}

function unquote(cell: string, quote: string): string {
  return cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell;
}

function linesIn(text: string, from: number, to: number, newline: string): number {
  let lines = 1;
  for (let at = text.indexOf(newline, from); at >= 0 && at < to; at = text.indexOf(newline, at + 1)) lines++;
  return lines;
}
