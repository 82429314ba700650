import type { estypes } from '@elastic/elasticsearch';
import { wellFormed } from '../../../harmonize/normalisers/index.js';
import type { Facet, SearchQuery } from '../port.js';
import type { Clause } from '../text/index.js';
import type { Reading } from './reading.js';
import { anyOf, inflected, wayIn } from './ways.js';

type Query = estypes.QueryDslQueryContainer;

const PRESENT: Query = { bool: { must_not: { term: { removed: true } } } };

/** What decides which documents are found by text and price; facets not included. */
export function matchOf(query: SearchQuery, { clauses, wholeCode, inflections }: Reading): Query[] {
  const filter: Query[] = [PRESENT];
  if (clauses.length > 0) {
    const words: Query = { bool: { filter: clauses.map((clause) => anyWay(clause, inflections)) } };
    filter.push(wholeCode === undefined ? words : anyOf([words, { term: { codes: wholeCode.slice(1) } }]));
  } else if (query.text.trim() !== '') filter.push({ match_none: {} });
  const { priceMin, priceMax } = query;
  if (priceMin !== undefined || priceMax !== undefined) {
    const range = {
      ...(priceMin === undefined ? {} : { gte: priceMin }),
      ...(priceMax === undefined ? {} : { lte: priceMax }),
    };
    filter.push({ range: { price: range } });
  }
  return filter;
}

function anyWay(clause: Clause, inflections: boolean): Query {
  const ways = clause.alternatives.map((way) => wayIn('all', way));
  return anyOf(inflections && clause.word ? [...ways, inflected('all', clause.text)] : ways);
}

/** The facet filters, without the one of `except`. */
export function filtersOf(filters: SearchQuery['filters'], except?: Facet): Query[] {
  return Object.entries(filters)
    .filter(([field, values]) => field !== except && values !== undefined && values.length > 0)
    .map(([field, values]) => ({ terms: { [`facets.${field}`]: values.map(wellFormed) } }));
}
