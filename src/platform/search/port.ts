/**
 * Full-text search over golden records.
 *
 * Contract, held by test/conformance/search on every adapter:
 * - `index` upserts by golden id; an older version never replaces a newer one. `remove` deletes; with a version, what comes
 *   later of that version or an older one does not bring the document back, a newer one does. Both are durable and found
 *   by searches once they return.
 * - `search` finds by words in any order, with typing errors, prefixes of the last word, accents folded, part numbers in
 *   any punctuation ("WH1000-XM4" = "wh 1000xm4"), units in any spelling ("1 TB" = "1tb"). Filters are exact and
 *   conjunctive between fields, disjunctive within one. A facet is counted over the results without its own filter.
 * - Paging by `cursor` neither repeats nor omits a hit while the index does not change.
 */
export interface Search {
  index(documents: readonly SearchDocument[]): Promise<void>;
  remove(gone: readonly RemovedDocument[]): Promise<void>;
  search(query: SearchQuery): Promise<SearchPage>;
  suggest(prefix: string, limit: number): Promise<Suggestion[]>;
  close(): Promise<void>;
}

export interface RemovedDocument {
  goldenId: string;
  /** The last version of the golden record; absent where it was forgotten without a trace. */
  version?: number;
}

export interface SearchDocument {
  goldenId: string;
  version: number;
  title: string;
  brand?: string;
  description?: string;
  category?: string[];
  colour?: string;
  condition?: string;
  availability?: string;
  price?: number;
  currency?: string;
  /** Models, MPNs, GTINs as printed. */
  codes: string[];
  sources: string[];
  image?: string;
  /** Attribute values that search and facets may use. */
  attributes: Record<string, string | number | boolean | string[]>;
  /** ISO 8601. */
  updatedAt: string;
}

export const FACETS = ['brand', 'category', 'colour', 'condition', 'availability', 'source'] as const;
export type Facet = (typeof FACETS)[number];

export interface SearchQuery {
  /** Empty: everything. */
  text: string;
  filters: Partial<Record<Facet, string[]>>;
  priceMin?: number;
  priceMax?: number;
  facets: Facet[];
  sort: 'relevance' | 'price_asc' | 'price_desc' | 'updated' | 'title';
  limit: number;
  cursor?: string;
}

export interface SearchHit {
  goldenId: string;
  score: number;
  document: SearchDocument;
  /** Title with the matched words between <mark> and </mark>, HTML-escaped. */
  highlight: string;
}

export interface SearchPage {
  items: SearchHit[];
  total: number;
  facets: Partial<Record<Facet, { value: string; count: number }[]>>;
  nextCursor: string | null;
  /** Why this page comes from the substitute index and not from the search server. */
  degraded?: string;
}

export interface Suggestion {
  text: string;
  kind: 'title' | 'brand' | 'code';
  goldenId?: string;
}
