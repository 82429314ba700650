import type { estypes } from '@elastic/elasticsearch';
import type { GuardState } from '../../guard.js';
import type { RemovedDocument, Search, SearchDocument, SearchPage, SearchQuery, Suggestion } from '../port.js';
import { suggest } from '../suggest.js';
import type { SynonymTable, Vocabulary } from '../text/index.js';
import type { Connection } from './connection.js';
import { aggregationsOf, facetsOf } from './facets.js';
import { type HitFields, marksOf, toHit } from './hit.js';
import type { Indices } from './indices.js';
import { filtersOf, matchOf } from './match.js';
import { cursorAfter, orderOf, placesOf, readPlace } from './order.js';
import { type Reading, readingsOf } from './reading.js';
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
    // A cursor that cannot be used is refused before anything is asked.
    readPlace(query);
    const { reading, answer } = await this.#firstAnswer(query);
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

  /** Removes every index of the namespace and their template. */
  drop(): Promise<void> {
    return this.#indices.drop();
  }

  guards(): GuardState[] {
    return this.#connection.guards();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #firstAnswer(query: SearchQuery): Promise<{ reading: Reading; answer: Answer }> {
    let narrow = true;
    for await (const reading of readingsOf(query.text, this.#synonyms, this.#vocabulary)) {
      // A reading between the first and the widest seldom finds anything: to see that takes 3 ms, to ask as usual 25.
      if (!narrow && !reading.widest && !(await this.#finds(query, reading))) continue;
      narrow = false;
      const answer = await this.#ask(query, reading);
      if (totalOf(answer) > 0 || reading.widest) return { reading, answer };
    }
    throw new Error('a text has no reading');
  }

  async #finds(query: SearchQuery, reading: Reading): Promise<boolean> {
    const { hits } = await this.#connection.ask((client, options) =>
      client.search<HitFields>(
        {
          index: this.#index,
          size: 0,
          terminate_after: 1,
          query: { bool: { filter: [...matchOf(query, reading), ...filtersOf(query.filters)] } },
        },
        options,
      ),
    );
    return totalOf({ hits }) > 0;
  }

  #ask(query: SearchQuery, reading: Reading): Promise<Answer> {
    const match = matchOf(query, reading);
    const filters = filtersOf(query.filters);
    const order = orderOf(query, reading.clauses.length > 0);
    return this.#connection.ask((client, options) =>
      client.search<HitFields>(
        {
          index: this.#index,
          size: query.limit + 1,
          track_total_hits: true,
          _source: ['document'],
          query: order === 'score' ? scored(match, reading) : { bool: { filter: match } },
          ...placesOf(query, order),
          ...marksOf(reading),
          ...(query.facets.length > 0 ? { aggs: aggregationsOf(query) } : {}),
          ...(filters.length > 0 ? { post_filter: { bool: { filter: filters } } } : {}),
        },
        options,
      ),
    );
  }
}

function totalOf({ hits: { total } }: Pick<Answer, 'hits'>): number {
  return typeof total === 'number' ? total : (total?.value ?? 0);
}
