import type { estypes } from '@elastic/elasticsearch';
import type { SuggestSource } from '../suggest.js';
import type { Connection } from './connection.js';
import type { DocumentSource } from './source.js';

export function elasticsearchSuggestions(connection: Connection, index: string): SuggestSource {
  return {
    brands: async (folded, limit) => {
      const { aggregations } = await connection.ask((client, options) =>
        client.search(
          {
            index,
            size: 0,
            track_total_hits: false,
            query: { constant_score: { filter: { prefix: { brandKey: folded } } } },
            aggs: {
              brands: {
                terms: { field: 'facets.brand', size: limit, order: [{ _count: 'desc' }, { _key: 'asc' }] },
              },
            },
          },
          options,
        ),
      );
      const found = aggregations?.brands as { buckets: { key: string }[] } | undefined;
      return (found?.buckets ?? []).map(({ key }) => key);
    },
    codes: async (plain, limit) => {
      const { hits } = await connection.ask((client, options) =>
        client.search<Pick<DocumentSource, 'goldenId' | 'document'>>(
          {
            index,
            size: limit,
            track_total_hits: false,
            _source: ['goldenId', 'document.codes'],
            query: { constant_score: { filter: { prefix: { codes: plain } } } },
            sort: CODE_ORDER,
          },
          options,
        ),
      );
      return hits.hits.flatMap(({ _source: source }) =>
        source === undefined ? [] : [{ goldenId: source.goldenId, codes: source.document.codes }],
      );
    },
  };
}

const CODE_ORDER: estypes.SortCombinations[] = [{ rank: 'asc' }, { goldenId: 'asc' }];
