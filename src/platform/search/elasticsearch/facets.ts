import type { estypes } from '@elastic/elasticsearch';
import { wellFormed } from '../../../harmonize/normalisers/index.js';
import { MOST_FACET_VALUES } from '../facets.js';
import type { Facet, SearchPage, SearchQuery } from '../port.js';
import { filtersOf } from './match.js';

/** Values that each shard tells beyond those shown, so that their counts are right with several shards too. */
const SHARD_SIZE = 2000;

/** Name of what is counted under all filters; the facets that are filtered by are counted under their own names. */
const OTHERS = 'others';

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

/**
 * Counts the values of every facet asked for, each without its own filter. The server goes through the whole query, scores
 * included, once more for every filter aggregation at the top: one for each facet took 22 ms where this takes 10.
 */
export function aggregationsOf(query: SearchQuery): Aggregations {
  const isFiltered = (field: Facet): boolean => (query.filters[field] ?? []).length > 0;
  const terms = (field: Facet) => ({ field: `facets.${field}`, shard_size: SHARD_SIZE });
  const most = (field: Facet): estypes.AggregationsAggregationContainer => ({
    terms: { ...terms(field), size: MOST_FACET_VALUES, order: [{ _count: 'desc' }, { _key: 'asc' }] },
  });
  const unfiltered = Object.fromEntries(query.facets.filter((f) => !isFiltered(f)).map((f) => [f, most(f)]));
  const filter = filtersOf(query.filters);
  if (filter.length === 0) return unfiltered;
  const all: Aggregations = Object.fromEntries(
    query.facets.filter(isFiltered).map((field) => {
      const asked = (query.filters[field] ?? []).map(wellFormed);
      return [
        field,
        {
          filter: { bool: { filter: filtersOf(query.filters, field) } },
          aggs: {
            most: most(field),
            asked: { terms: { ...terms(field), size: asked.length, include: asked } },
          },
        },
      ];
    }),
  );
  if (Object.keys(unfiltered).length > 0) all[OTHERS] = { filter: { bool: { filter } }, aggs: unfiltered };
  return all;
}

interface Buckets {
  buckets: { key: string; doc_count: number }[];
}

/** The answer to `aggregationsOf`: the most frequent values, and those filtered by, with 0 where none has them. */
export function facetsOf(query: SearchQuery, aggregations: unknown): SearchPage['facets'] {
  const all = (aggregations ?? {}) as Partial<Record<Facet, Buckets | { most: Buckets; asked: Buckets }>> & {
    [OTHERS]?: Partial<Record<Facet, Buckets>>;
  };
  const facets: SearchPage['facets'] = {};
  for (const field of query.facets) {
    const counts = new Map<string, number>((query.filters[field] ?? []).map((value) => [value, 0]));
    const found = all[field] ?? all[OTHERS]?.[field];
    const buckets = found === undefined ? [] : 'most' in found ? [found.most, found.asked] : [found];
    for (const { key, doc_count } of buckets.flatMap((bucket) => bucket.buckets)) counts.set(key, doc_count);
    facets[field] = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  return facets;
}
