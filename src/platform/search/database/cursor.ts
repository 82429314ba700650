import { readCursor, writeCursor } from '../cursor.js';
import type { SearchQuery } from '../port.js';

/** Where a page ended: within the ranked candidates, or behind them by the sort's key. */
export interface Position {
  phase: 'ranked' | 'rest';
  key: number | string;
  goldenId: string;
}

export function writePosition(query: SearchQuery, { phase, key, goldenId }: Position): string {
  return writeCursor('database', query, [phase, key, goldenId]);
}

/** @throws AssayError BAD_REQUEST when the cursor cannot be used. */
export function readPosition(query: SearchQuery): Position | undefined {
  const place = readCursor('database', query, isPlace);
  if (place === undefined) return undefined;
  const [phase, key, goldenId] = place as [Position['phase'], Position['key'], string];
  return { phase, key, goldenId };
}

function isPlace([phase, key, goldenId]: readonly unknown[]): boolean {
  return (phase === 'ranked' || phase === 'rest') && (isText(key) || typeof key === 'number') && isText(goldenId);
}

/** Text that Postgres takes: it has no place for NUL or lone surrogates. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && !/\p{Cs}/u.test(value);
