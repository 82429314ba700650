import type { estypes } from '@elastic/elasticsearch';
import { mostEdits, type Term, type Vocabulary } from '../text/index.js';
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
  /** Words of the index within so many edits of each word. */
  const within = async (edits: 1 | 2, words: readonly string[]): Promise<(Term & { word: string })[]> => {
    if (words.length === 0) return [];
    const term = similarWithin(edits);
    const { suggest = {} } = await connection.ask((client, options) =>
      client.search(
        {
          index,
          size: 0,
          track_total_hits: false,
          suggest: Object.fromEntries(words.map((word, i) => [String(i), { text: word, term }])),
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
      const close = await within(1, words);
      const has = new Set(close.map(({ word }) => word));
      return [
        ...close,
        ...(await within(
          2,
          words.filter((word) => !has.has(word) && mostEdits(word) > 1),
        )),
      ];
    },
  };
}

/**
 * Anywhere in the word, whatever the frequency of either word; which of them count is decided by `correct`. Two edits are asked for only
 * where one leads nowhere: that reads a hundred times as many terms.
 */
const similarWithin = (edits: 1 | 2): estypes.SearchTermSuggester => ({
  field: 'all',
  analyzer: 'product_query',
  suggest_mode: 'always',
  max_edits: edits,
  prefix_length: 0,
  min_word_length: 2,
  max_term_freq: 1e9,
  string_distance: 'damerau_levenshtein',
  size: MOST_SIMILAR,
  shard_size: 4 * MOST_SIMILAR,
});
