/** How a CSV feed is written. */
export interface CsvDialect {
  /** One character; found in the first lines when absent. */
  delimiter?: string | undefined;
  /** One character, or nothing where cells are never quoted. */
  quote: string;
  /** Column names of a feed without a header line. */
  columns?: readonly string[] | undefined;
}

const CANDIDATES = [',', ';', '\t', '|'] as const;
/** Lines of the head that are compared. */
const LINES = 20;

/**
 * The delimiter that splits most of the first lines into the same number of cells, at least two; of equals the one with more
 * cells, then in the order comma, semicolon, tab, bar. Comma when none does (a feed of one column).
 */
export function sniffDelimiter(head: string, quote: string, newline: string): string {
  const lines = unquotedLines(head, quote, newline);
  let best = ',';
  let bestAgreeing = 0;
  let bestCells = 1;
  for (const candidate of CANDIDATES) {
    const counts = lines.map((line) => line.split(candidate).length);
    const cells = counts[0] ?? 1;
    if (cells < 2) continue;
    const agreeing = counts.filter((count) => count === cells).length;
    if (agreeing > bestAgreeing || (agreeing === bestAgreeing && cells > bestCells)) {
      best = candidate;
      bestAgreeing = agreeing;
      bestCells = cells;
    }
  }
  return best;
}

/** The first lines without what stands in quotes. */
function unquotedLines(head: string, quote: string, newline: string): string[] {
  const pieces = quote === '' ? [head] : head.split(quote);
  const lines = pieces
    .filter((_, i) => i % 2 === 0)
    .join('')
    .split(newline);
  // The head ends inside a line.
  if (lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, LINES);
}
