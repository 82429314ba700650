import type { Database } from '../../database/port.js';
import { MOST_FACET_VALUES } from '../facets.js';
import { FACETS, type Facet, type SearchQuery } from '../port.js';
import { countFacets, type FoundRow, facetTotals, facetValues, type Range } from './facets.sql.js';
import { conjunction, filtersQuery } from './tsquery.js';

export interface Counts {
  total: number;
  facets: Partial<Record<Facet, { value: string; count: number }[]>>;
}

/** Counts the results and their facet values. Rows of `search_facet` never change their values, so they are kept. */
export class FacetCounter {
  readonly #database: Database;
  readonly #values = new Map<number, string[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * `text`: the tsquery of the words, '' for none. A facet is counted without its own filter. `found`: the first results in
   * index order, at most `most`, when there is anything to find them by.
   */
  async count(query: SearchQuery, text: string, range: Range, most: number): Promise<Counts & { found: FoundRow[] }> {
    const own = query.facets.filter((field) => (query.filters[field]?.length ?? 0) > 0);
    const others = query.facets.filter((field) => !own.includes(field));
    const match = conjunction(text, filtersQuery(query.filters));
    const { total, counts, found } = await this.#countWith(match, others, range, most);
    for (const field of own) {
      const without = conjunction(text, filtersQuery(query.filters, field));
      counts.set(field, (await this.#countWith(without, [field], range, 0)).counts.get(field) ?? new Map());
    }
    const facets: Counts['facets'] = {};
    for (const field of query.facets) {
      facets[field] = await this.#shown(counts.get(field) ?? new Map(), query.filters[field] ?? []);
    }
    return { total, facets, found };
  }

  async #countWith(tsquery: string | null, fields: readonly Facet[], range: Range, most: number) {
    const everything = tsquery === null && range.min === null && range.max === null;
    const { counts: rows, first: found } = everything
      ? { counts: await facetTotals(this.#database, fields), first: [] }
      : await countFacets(this.#database, tsquery, range, fields, most);
    const counts = new Map<Facet, Map<number, number>>(fields.map((field) => [field, new Map()]));
    let total = 0;
    for (const { field, id, count } of rows) {
      if (field === null) total += count;
      else counts.get(field)?.set(id, count);
    }
    return { total, counts, found };
  }

  async #shown(byId: ReadonlyMap<number, number>, asked: readonly string[]) {
    const missing = [...byId.keys()].filter((id) => !this.#values.has(id));
    if (missing.length > 0) {
      for (const row of await facetValues(this.#database, missing)) this.#values.set(row.id, row.values);
    }
    const counts = new Map<string, number>(asked.map((value) => [value, 0]));
    for (const [id, count] of byId) {
      for (const value of this.#values.get(id) ?? []) counts.set(value, (counts.get(value) ?? 0) + count);
    }
    const all = [...counts].map(([value, count]) => ({ value, count }));
    all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return all.filter((row, i) => i < MOST_FACET_VALUES || asked.includes(row.value));
  }
}

export const isFacet = (field: string): field is Facet => (FACETS as readonly string[]).includes(field);
