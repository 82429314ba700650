import { LRUCache } from 'lru-cache';
import type { Database } from '../../database/port.js';
import type {
  RemovedDocument,
  Search,
  SearchDocument,
  SearchHit,
  SearchPage,
  SearchQuery,
  Suggestion,
} from '../port.js';
import { suggest } from '../suggest.js';
import {
  type Clause,
  clausesOf,
  correct,
  highlight,
  type Synonyms,
  type SynonymTable,
  synonymsOf,
  type Vocabulary,
} from '../text/index.js';
import { readPosition, writePosition } from './cursor.js';
import { type Counts, FacetCounter } from './facets.js';
import type { FoundRow, Range } from './facets.sql.js';
import { scoreOf } from './rank.js';
import { documentsOf, findDocuments, findIds, generationOf, orderedDocuments } from './reader.sql.js';
import { databaseSuggestions } from './suggest.sql.js';
import { clausesQuery, codesQuery, conjunction, filtersQuery } from './tsquery.js';
import { databaseVocabulary } from './vocabulary.sql.js';
import { removeDocuments, writeDocuments } from './writer.js';

/** Hits that are scored; the rest follows in index order. Scoring 300 takes 6 ms. */
const MOST_RANKED = 300;
const MOST_WHOLE_CODES = 50;

export interface DatabaseSearchOptions {
  /** Groups of words that mean the same, beside the built-in ones; see `parseSynonyms`. */
  synonyms?: Synonyms;
}

/** What a query became, and what of the answer is the same on all its pages. */
interface Plan {
  clauses: Clause[];
  /** tsquery of words, codes and filters; null: everything. */
  match: string | null;
  counts: Counts;
  ranked: { goldenId: string; score: number }[];
}

/**
 * Search over the database's own full-text index. All words have to be found, by any of their spellings; when nothing
 * has them all, known words are taken for misspelt too. The best by index order are scored (`scoreOf`), the others follow.
 */
export function createDatabaseSearch(database: Database, options: DatabaseSearchOptions = {}): Search {
  return new DatabaseSearch(database, synonymsOf(options.synonyms));
}

class DatabaseSearch implements Search {
  readonly #database: Database;
  readonly #synonyms: SynonymTable;
  readonly #facets: FacetCounter;
  readonly #vocabulary: Vocabulary;
  /** Plans by query; one of an older generation is made again. */
  readonly #plans = new LRUCache<string, { generation: number; plan: Plan }>({ max: 500 });

  constructor(database: Database, synonyms: SynonymTable) {
    this.#database = database;
    this.#synonyms = synonyms;
    this.#facets = new FacetCounter(database);
    this.#vocabulary = databaseVocabulary(database);
  }

  async index(documents: readonly SearchDocument[]): Promise<void> {
    await writeDocuments(this.#database, documents);
  }

  async remove(gone: readonly RemovedDocument[]): Promise<void> {
    await removeDocuments(this.#database, gone);
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    const position = readPosition(query);
    const range: Range = { min: query.priceMin ?? null, max: query.priceMax ?? null };
    const plan = await this.#planOf(query, range);
    const scored = query.sort === 'relevance' && plan.clauses.length > 0;
    const page: { goldenId: string; score: number; key: number | string; phase: 'ranked' | 'rest' }[] = [];
    if (scored && position?.phase !== 'rest') {
      const { ranked } = plan;
      const start = position ? ranked.findIndex((row) => row.goldenId === position.goldenId) + 1 : 0;
      for (const row of ranked.slice(start, start + query.limit + 1))
        page.push({ ...row, key: row.score, phase: 'ranked' });
    }
    const missing = query.limit + 1 - page.length;
    if (missing > 0 && (!scored || plan.counts.total > plan.ranked.length)) {
      const after = position?.phase === 'rest' ? { key: String(position.key), goldenId: position.goldenId } : undefined;
      const except = scored ? plan.ranked.map((row) => row.goldenId) : [];
      const rows = await orderedDocuments(this.#database, plan.match, range, query.sort, after, except, missing);
      for (const row of rows) page.push({ goldenId: row.golden_id, score: 0, key: row.key, phase: 'rest' });
    }
    const shown = page.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: await this.#hits(shown, plan.clauses),
      total: plan.counts.total,
      facets: plan.counts.facets,
      nextCursor: page.length > query.limit && last ? writePosition(query, last) : null,
    };
  }

  async suggest(prefix: string, limit: number): Promise<Suggestion[]> {
    return suggest(databaseSuggestions(this.#database), this, prefix, limit);
  }

  /** The database belongs to who opened it. */
  async close(): Promise<void> {
    this.#plans.clear();
  }

  async #planOf(query: SearchQuery, range: Range): Promise<Plan> {
    const { cursor: _cursor, limit: _limit, ...rest } = query;
    const key = JSON.stringify(rest);
    const generation = await generationOf(this.#database);
    const kept = this.#plans.get(key);
    if (kept?.generation === generation) return kept.plan;
    const plan = await this.#makePlan(query, range);
    this.#plans.set(key, { generation, plan });
    return plan;
  }

  async #makePlan(query: SearchQuery, range: Range): Promise<Plan> {
    const asked = clausesOf(query.text, this.#synonyms);
    let clauses = await correct(this.#vocabulary, asked.clauses);
    let text = textQuery(query, clauses, asked.wholeCode);
    const most = query.sort === 'relevance' ? MOST_RANKED : 0;
    let result = await this.#facets.count(query, text, range, most);
    if (result.total === 0 && clauses.length > 0) {
      const wider = await correct(this.#vocabulary, asked.clauses, true);
      const widerText = textQuery(query, wider, asked.wholeCode);
      const wide = await this.#facets.count(query, widerText, range, most);
      if (wide.total > 0) [clauses, text, result] = [wider, widerText, wide];
    }
    const filters = filtersQuery(query.filters);
    const match = conjunction(text, filters);
    const { found, ...counts } = result;
    const scored = query.sort === 'relevance' && clauses.length > 0 && counts.total > 0;
    const ranked = scored ? await this.#rank(clauses, asked.codes, text, filters, range, found, counts.total) : [];
    return { clauses, match, counts, ranked };
  }

  /** Whole codes first, then what has all words in front, then the rest in index order, until enough are to be scored. */
  async #rank(
    clauses: Clause[],
    codes: string[],
    text: string,
    filters: string,
    range: Range,
    found: readonly FoundRow[],
    total: number,
  ) {
    const database = this.#database;
    const holders = codes.length
      ? await findIds(database, conjunction(codesQuery(codes), text, filters) ?? '', range, MOST_WHOLE_CODES)
      : [];
    const rows = new Map<string, FoundRow>();
    const take = (more: readonly FoundRow[]) => {
      for (const row of more) if (rows.size < MOST_RANKED || rows.has(row.golden_id)) rows.set(row.golden_id, row);
    };
    const find = (condition: string) =>
      findDocuments(database, conjunction(condition, filters), range, MOST_RANKED).then(take);
    if (total > MOST_RANKED) {
      if (holders.length > 0) await find(`(${codesQuery(codes)}) & (${text})`);
      await find(clausesQuery(clauses, '='));
    }
    take(found);
    const exact = new Set(holders);
    return [...rows.values()]
      .map((row) => ({
        goldenId: row.golden_id,
        score: scoreOf(
          {
            goldenId: row.golden_id,
            titleKey: row.title_key,
            brand: row.brand.join(' '),
            sources: row.source.length,
            code: exact.has(row.golden_id),
          },
          clauses,
        ),
      }))
      .sort((a, b) => b.score - a.score || (a.goldenId < b.goldenId ? -1 : 1));
  }

  async #hits(page: readonly { goldenId: string; score: number }[], clauses: readonly Clause[]): Promise<SearchHit[]> {
    const rows = await documentsOf(
      this.#database,
      page.map((row) => row.goldenId),
    );
    const documents = new Map(rows.map((row) => [row.document.goldenId, row.document]));
    return page.flatMap(({ goldenId, score }) => {
      const document = documents.get(goldenId);
      return document ? [{ goldenId, score, document, highlight: highlight(document.title, clauses) }] : [];
    });
  }
}

/** tsquery of the words, or the query being a whole code; '' when nothing was asked. */
function textQuery(query: SearchQuery, clauses: readonly Clause[], wholeCode: string | undefined): string {
  if (clauses.length === 0) return query.text.trim() === '' ? '' : NOTHING;
  const words = clausesQuery(clauses, '');
  return wholeCode ? `(${words}) | ${codesQuery([wholeCode])}` : words;
}

/** No document has it: what a query of punctuation alone finds. */
const NOTHING = "'!'";
