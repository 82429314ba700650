import type { estypes } from '@elastic/elasticsearch';
import { wellFormed } from '../../../harmonize/normalisers/index.js';
import { MOST_FACET_VALUES } from '../facets.js';
import type { Facet, SearchPage, SearchQuery } from '../port.js';
import { filtersOf } from './match.js';

/** Values that each shard tells beyond those shown, so that their counts are right with several shards too. */
const SHARD_SIZE = 2000;

/** Counts the values of every facet asked for, each without its own filter. */
export function aggregationsOf(query: SearchQuery): Record<string, estypes.AggregationsAggregationContainer> {
  return Object.fromEntries(
    query.facets.map((field) => {
      const asked = (query.filters[field] ?? []).map(wellFormed);
      const terms = { field: `facets.${field}`, shard_size: SHARD_SIZE };
      return [
        field,
        {
          filter: { bool: { filter: filtersOf(query.filters, field) } },
          aggs: {
            most: { terms: { ...terms, size: MOST_FACET_VALUES, order: [{ _count: 'desc' }, { _key: 'asc' }] } },
            ...(asked.length > 0 ? { asked: { terms: { ...terms, size: asked.length, include: asked } } } : {}),
          },
        },
      ];
    }),
  );
}

interface Buckets {
  buckets: { key: string; doc_count: number }[];
}

/** The answer to `aggregationsOf`: the most frequent values, and those filtered by, with 0 where none has them. */
export function facetsOf(query: SearchQuery, aggregations: unknown): SearchPage['facets'] {
  const all = (aggregations ?? {}) as Partial<Record<Facet, { most: Buckets; asked?: Buckets }>>;
  const facets: SearchPage['facets'] = {};
  for (const field of query.facets) {
    const counts = new Map<string, number>((query.filters[field] ?? []).map((value) => [value, 0]));
    const found = all[field];
    for (const { key, doc_count } of [...(found?.most.buckets ?? []), ...(found?.asked?.buckets ?? [])])
      counts.set(key, doc_count);
    facets[field] = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  return facets;
}
