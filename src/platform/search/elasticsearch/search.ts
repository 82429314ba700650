import type { estypes } from '@elastic/elasticsearch';
import type { GuardState } from '../../guard.js';
import type { RemovedDocument, Search, SearchDocument, SearchPage, SearchQuery, Suggestion } from '../port.js';
import { suggest } from '../suggest.js';
import { clausesOf, correct, type SynonymTable, type Vocabulary } from '../text/index.js';
import type { Connection } from './connection.js';
import { aggregationsOf, facetsOf } from './facets.js';
import { type HitFields, toHit } from './hit.js';
import type { Indices } from './indices.js';
import { filtersOf, matchOf, type Reading } from './match.js';
import { cursorAfter, placesOf } from './order.js';
import { type Rebuilt, rebuild } from './rebuild.js';
import { scored } from './score.js';
import { type IndexStatus, statusOf } from './status.js';
import { elasticsearchSuggestions } from './suggestions.js';
import { elasticsearchVocabulary } from './vocabulary.js';
import { type WriteCounts, Writer } from './writer.js';

type Answer = estypes.SearchResponse<HitFields>;

/**
 * Search over Elasticsearch. Words, corrections and the order of results follow the same rules as in the database's index
 * (`../text`); the server finds, counts and orders.
 */
export class ElasticsearchSearch implements Search {
  readonly #connection: Connection;
  readonly #indices: Indices;
  readonly #writer: Writer;
  readonly #synonyms: SynonymTable;
  readonly #index: string;
  readonly #vocabulary: Vocabulary;

  constructor(connection: Connection, indices: Indices, synonyms: SynonymTable) {
    this.#connection = connection;
    this.#indices = indices;
    this.#writer = new Writer(connection, indices);
    this.#synonyms = synonyms;
    this.#index = indices.names.current;
    this.#vocabulary = elasticsearchVocabulary(connection, this.#index);
  }

  index(documents: readonly SearchDocument[]): Promise<void> {
    return this.#writer.index(documents);
  }

  remove(gone: readonly RemovedDocument[]): Promise<void> {
    return this.#writer.remove(gone);
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    const { clauses, codes, wholeCode } = clausesOf(query.text, this.#synonyms);
    // A cursor that cannot be used is refused before anything is asked.
    placesOf(query, clauses.length > 0);
    const corrected = await correct(this.#vocabulary, clauses);
    let reading: Reading = { clauses: corrected, wholeCode, inflections: false };
    let answer = await this.#ask(query, reading, codes);
    if (totalOf(answer) === 0 && clauses.some(({ word }) => word)) {
      for (const wider of [async () => corrected, () => correct(this.#vocabulary, clauses, true)]) {
        reading = { clauses: await wider(), wholeCode, inflections: true };
        answer = await this.#ask(query, reading, codes);
        if (totalOf(answer) > 0) break;
      }
    }
    const found = answer.hits.hits;
    const shown = found.slice(0, query.limit);
    return {
      items: shown.flatMap((hit) => toHit(hit, reading)),
      total: totalOf(answer),
      facets: facetsOf(query, answer.aggregations),
      nextCursor: found.length > query.limit ? cursorAfter(query, shown.at(-1)?.sort) : null,
    };
  }

  suggest(prefix: string, limit: number): Promise<Suggestion[]> {
    return suggest(elasticsearchSuggestions(this.#connection, this.#index), this, prefix, limit);
  }

  /**
   * Fills a new index with all documents and puts it in the place of the one that is searched, which answers meanwhile.
   * Documents are to be read after this was called, from what golden events are made of; what is indexed and removed
   * meanwhile, by whatever process, is in the new index too. One rebuild at a time: the caller sees to it.
   */
  reindex(documents: AsyncIterable<SearchDocument[]>, told?: (written: number) => void): Promise<Rebuilt> {
    return rebuild(this.#connection, this.#indices, this.#writer, documents, told);
  }

  /** What there is on the server. */
  status(): Promise<IndexStatus> {
    return statusOf(this.#connection, this.#indices);
  }

  /** What came of the writes of this process. */
  writes(): WriteCounts {
    return { ...this.#writer.counts };
  }

  guards(): GuardState[] {
    return this.#connection.guards();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #ask(query: SearchQuery, reading: Reading, codes: readonly string[]): Promise<Answer> {
    const match = matchOf(query, reading);
    const filters = filtersOf(query.filters);
    const byScore = query.sort === 'relevance' && reading.clauses.length > 0;
    return this.#connection.ask((client, options) =>
      client.search<HitFields>(
        {
          index: this.#index,
          size: query.limit + 1,
          track_total_hits: true,
          _source: ['document'],
          query: byScore ? scored(match, reading.clauses, codes) : { bool: { filter: match } },
          ...placesOf(query, reading.clauses.length > 0),
          ...(byScore ? {} : { track_scores: false }),
          ...(query.facets.length > 0 ? { aggs: aggregationsOf(query) } : {}),
          ...(filters.length > 0 ? { post_filter: { bool: { filter: filters } } } : {}),
        },
        options,
      ),
    );
  }
}

function totalOf({ hits: { total } }: Answer): number {
  return typeof total === 'number' ? total : (total?.value ?? 0);
}
