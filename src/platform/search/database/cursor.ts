import { AssayError } from '../../../errors.js';
import { hashHex } from '../../../hash.js';
import type { SearchQuery } from '../port.js';

/** Where a page ended: within the ranked candidates, or behind them by the sort's key. */
export interface Position {
  phase: 'ranked' | 'rest';
  key: number | string;
  goldenId: string;
}

/** What of a query a cursor belongs to; a cursor of another query is refused rather than misread. */
function fingerprint(query: SearchQuery): string {
  const filters = Object.entries(query.filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return hashHex(JSON.stringify([query.text, filters, query.priceMin, query.priceMax, query.sort]));
}

export function writeCursor(query: SearchQuery, position: Position): string {
  const { phase, key, goldenId } = position;
  return Buffer.from(JSON.stringify([fingerprint(query), phase, key, goldenId])).toString('base64url');
}

/** @throws AssayError BAD_REQUEST when the text is no cursor, or one of another query. */
export function readCursor(query: SearchQuery): Position | undefined {
  if (query.cursor === undefined) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(query.cursor, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  const [mark, phase, key, goldenId] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const keyed = isText(key) || typeof key === 'number';
  if ((phase !== 'ranked' && phase !== 'rest') || !keyed || !isText(goldenId)) {
    throw new AssayError('BAD_REQUEST', 'cursor: this is no cursor; take nextCursor of the page before as it is.');
  }
  if (mark !== fingerprint(query)) {
    throw new AssayError(
      'BAD_REQUEST',
      'cursor: it belongs to another query; keep q, filters, prices and sort while paging.',
    );
  }
  return { phase, key, goldenId };
}

/** Text that Postgres takes: it has no place for NUL or lone surrogates. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && !/\p{Cs}/u.test(value);
