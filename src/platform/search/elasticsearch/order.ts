import type { estypes } from '@elastic/elasticsearch';
import { readCursor, writeCursor } from '../cursor.js';
import type { SearchQuery } from '../port.js';

/** What the hits of a query are ordered by. */
export type Order = 'score' | 'rank' | 'price_asc' | 'price_desc' | 'updated' | 'title';

interface Key {
  sort: estypes.SortCombinations;
  type: 'number' | 'string';
}

const ID: Key = { sort: { goldenId: 'asc' }, type: 'string' };
const PRICED: Key = { sort: { priced: 'desc' }, type: 'number' };
const price = (order: 'asc' | 'desc'): Key => ({ sort: { price: { order, missing: 0 } }, type: 'number' });

/** Every order ends in the golden id, so that no two documents share a place. */
const KEYS: Record<Order, Key[]> = {
  score: [{ sort: { _score: { order: 'desc' } }, type: 'number' }, ID],
  rank: [{ sort: { rank: 'asc' }, type: 'number' }, ID],
  price_asc: [PRICED, price('asc'), ID],
  price_desc: [PRICED, price('desc'), ID],
  updated: [{ sort: { updatedAt: 'desc' }, type: 'number' }, ID],
  title: [{ sort: { titleKey: 'asc' }, type: 'string' }, ID],
};

/** Relevance without words is the order among equals: short titles and many sources first. */
export function orderOf(query: SearchQuery, words: boolean): Order {
  if (query.sort !== 'relevance') return query.sort;
  return words ? 'score' : 'rank';
}

/**
 * The sort values of the last hit of the page before, or undefined on the first page.
 * @throws AssayError BAD_REQUEST when the cursor cannot be used.
 */
export function readPlace(query: SearchQuery): unknown[] | undefined {
  const orders = query.sort === 'relevance' ? (['score', 'rank'] as const) : [query.sort];
  const fits = (place: readonly unknown[], keys: readonly Key[]) =>
    place.length === keys.length && place.every((value, i) => typeof value === keys[i]?.type);
  return readCursor('elasticsearch', query, (place) => orders.some((order) => fits(place, KEYS[order])));
}

/** How the hits are ordered, and the place after which they begin. */
export function placesOf(
  query: SearchQuery,
  order: Order,
): { sort: estypes.SortCombinations[]; search_after?: estypes.SortResults } {
  const after = readPlace(query);
  return {
    sort: KEYS[order].map(({ sort }) => sort),
    ...(after === undefined ? {} : { search_after: after as estypes.SortResults }),
  };
}

/** The cursor of what comes after a hit with these sort values. */
export function cursorAfter(query: SearchQuery, sort: estypes.SortResults | undefined): string | null {
  return sort === undefined ? null : writeCursor('elasticsearch', query, sort);
}
