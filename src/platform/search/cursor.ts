import { AssayError } from '../../errors.js';
import { hashHex } from '../../hash.js';
import type { SearchQuery } from './port.js';

/** The index that made a cursor; another one has no such place. */
export type CursorMaker = 'database' | 'elasticsearch';

const VERSION = 1;

/** What of a query a cursor belongs to; a cursor of another query is refused rather than misread. */
function fingerprint(query: SearchQuery): string {
  const filters = Object.entries(query.filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return hashHex(JSON.stringify([query.text, filters, query.priceMin, query.priceMax, query.sort]));
}

/** An opaque text for the place where a page ended. */
export function writeCursor(maker: CursorMaker, query: SearchQuery, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([VERSION, maker, fingerprint(query), ...place])).toString('base64url');
}

/**
 * The place that `writeCursor` was given, or undefined when the query has no cursor.
 * @throws AssayError BAD_REQUEST when the text is no cursor, or one of another query or index.
 */
export function readCursor(
  maker: CursorMaker,
  query: SearchQuery,
  valid: (place: readonly unknown[]) => boolean,
): unknown[] | undefined {
  if (query.cursor === undefined) return undefined;
  const [version, by, mark, ...place] = parse(query.cursor);
  if (version !== VERSION || (by !== 'database' && by !== 'elasticsearch')) throw noCursor();
  if (by !== maker) throw beginAgain();
  if (!valid(place)) throw noCursor();
  if (mark !== fingerprint(query))
    throw new AssayError(
      'BAD_REQUEST',
      'cursor: it belongs to another query; keep q, filters, prices and sort while paging.',
    );
  return place;
}

/** Who made the cursor; undefined when that cannot be told. */
export function cursorMaker(cursor: string | undefined): CursorMaker | undefined {
  if (cursor === undefined) return undefined;
  const maker = parse(cursor)[1];
  return maker === 'database' || maker === 'elasticsearch' ? maker : undefined;
}

export function beginAgain(): AssayError {
  return new AssayError(
    'BAD_REQUEST',
    'cursor: the index that it belongs to does not answer now; begin again with the first page, without a cursor.',
  );
}

function noCursor(): AssayError {
  return new AssayError('BAD_REQUEST', 'cursor: this is no cursor; take nextCursor of the page before as it is.');
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? (parts as unknown[]) : [];
  } catch {
    return [];
  }
}
