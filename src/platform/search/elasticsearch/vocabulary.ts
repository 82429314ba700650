import type { estypes } from '@elastic/elasticsearch';
import type { Term, Vocabulary } from '../text/index.js';
import type { Connection } from './connection.js';

const LETTERS = /^[\p{L}\p{M}]{2,}$/u;
const MOST_SIMILAR = 60;

/** The words of the index, read from its terms. */
export function elasticsearchVocabulary(connection: Connection, index: string): Vocabulary {
  /** How many documents each of the words is in, where any is. */
  const find = async (words: readonly string[]): Promise<Term[]> => {
    const distinct = [...new Set(words)];
    if (distinct.length === 0) return [];
    const filters = distinct.map((word): estypes.QueryDslQueryContainer => ({ term: { all: word } }));
    const { aggregations } = await connection.ask((client, options) =>
      client.search({ index, size: 0, track_total_hits: false, aggs: { words: { filters: { filters } } } }, options),
    );
    const counted = aggregations?.words as { buckets: { doc_count: number }[] } | undefined;
    return (counted?.buckets ?? []).flatMap(({ doc_count }, i) =>
      doc_count > 0 ? [{ term: distinct[i]!, documents: doc_count }] : [],
    );
  };
  return {
    find,
    begins: async (prefix) => {
      const { hits } = await connection.ask((client, options) =>
        client.search(
          {
            index,
            size: 1,
            _source: false,
            track_total_hits: false,
            query: { constant_score: { filter: { prefix: { all: prefix } } } },
          },
          options,
        ),
      );
      return hits.hits.length > 0;
    },
    similar: async (words) => {
      const { suggest = {} } = await connection.ask((client, options) =>
        client.search(
          {
            index,
            size: 0,
            track_total_hits: false,
            suggest: Object.fromEntries(words.map((word, i) => [String(i), { text: word, term: SIMILAR }])),
          },
          options,
        ),
      );
      const found = words.flatMap((word, i) =>
        (suggest[String(i)] ?? [])
          .flatMap(({ options }) => (Array.isArray(options) ? options : [options]))
          .flatMap(({ text }) => (LETTERS.test(text) ? [{ word, term: text }] : [])),
      );
      // The suggester also counts what was replaced and not yet merged away.
      const counts = new Map((await find(found.map(({ term }) => term))).map((row) => [row.term, row.documents]));
      return found.flatMap(({ word, term }) => {
        const documents = counts.get(term);
        return documents === undefined ? [] : [{ word, term, documents }];
      });
    },
  };
}

/** Two edits anywhere in the word, whatever the frequency of either word; which of them count is decided by `correct`. */
const SIMILAR: estypes.SearchTermSuggester = {
  field: 'all',
  analyzer: 'product_query',
  suggest_mode: 'always',
  max_edits: 2,
  prefix_length: 0,
  min_word_length: 2,
  max_term_freq: 1e9,
  string_distance: 'damerau_levenshtein',
  size: MOST_SIMILAR,
  shard_size: 4 * MOST_SIMILAR,
};
