import { foldText } from '../../../harmonize/normalisers/index.js';
import type { Sql } from '../../database/port.js';
import { FACETS, type Facet } from '../port.js';
import type { IndexRow } from './document.js';

/** Waits for other writers, and tells readers that counts have changed when the transaction commits. */
export async function beginWriting(sql: Sql): Promise<void> {
  await sql.query('update search_state set generation = generation + 1');
}

export interface StoredRow {
  golden_id: string;
  version: number;
  words: string[];
  facets: number[];
}

/** The rows of the ids as they are stored. The words are the lexemes of letters only. */
export function storedRows(sql: Sql, goldenIds: readonly string[]): Promise<StoredRow[]> {
  return sql.query<StoredRow>(
    `select golden_id, version, array[${FACETS.join(', ')}] as facets,
       array(select lexeme from unnest(tsvector_to_array(terms)) lexeme where lexeme ~ '^[^!#=0-9]{2,}$') as words
     from search_document where golden_id = any($1::text[])`,
    [goldenIds],
  );
}

export async function removeRows(sql: Sql, goldenIds: readonly string[]): Promise<void> {
  await sql.query('delete from search_document where golden_id = any($1::text[])', [goldenIds]);
}

/** Between lexemes, and between the values of a facet, where many are sent as one text. Folding removes it from both. */
export const SEPARATOR = '\u001f';

/** Ids of facet rows by field and values, made where they are missing. `documents` is counted by `countFacetRows`. */
export async function facetIds(
  sql: Sql,
  wanted: readonly { field: Facet; values: string[] }[],
): Promise<Map<string, number>> {
  const fields = wanted.map((row) => row.field);
  const values = wanted.map((row) => row.values.join(SEPARATOR));
  const folded = wanted.map((row) => foldText(row.values.join(' ')));
  const list = `(select field, coalesce(string_to_array(nullif(v, ''), chr(31)), '{}') as "values", folded
    from unnest($1::text[], $2::text[], $3::text[]) w(field, v, folded))`;
  await sql.query(
    `insert into search_facet (field, "values", folded, documents)
     select field, "values", folded, 0 from ${list} w
     on conflict (field, "values") do nothing`,
    [fields, values, folded],
  );
  const rows = await sql.query<{ id: number; field: Facet; values: string[] }>(
    `select f.id, f.field, f."values" from search_facet f join ${list} w using (field, "values")`,
    [fields, values, folded],
  );
  return new Map(rows.map((row) => [facetKey(row.field, row.values), row.id]));
}

export const facetKey = (field: Facet, values: readonly string[]) => field + SEPARATOR + values.join(SEPARATOR);

/** Adds the (positive or negative) counts. */
export async function countFacetRows(sql: Sql, counts: ReadonlyMap<number, number>): Promise<void> {
  const changed = [...counts].filter(([, n]) => n !== 0);
  await sql.query(
    `update search_facet f set documents = f.documents + c.n
     from unnest($1::integer[], $2::integer[]) c(id, n) where f.id = c.id`,
    [changed.map(([id]) => id), changed.map(([, n]) => n)],
  );
}

/** A row with a value of that many characters is over the 2 kB from which Postgres stores values out of line. */
const OUT_OF_LINE = 2100;

export async function writeRows(sql: Sql, rows: readonly (IndexRow & { ids: Record<Facet, number> })[]): Promise<void> {
  const columns: [string, unknown[]][] = [
    ['text', rows.map((row) => row.document.goldenId)],
    ['bigint', rows.map((row) => row.document.version)],
    ['real', rows.map((row) => row.rank)],
    ...FACETS.map((field): [string, unknown[]] => ['integer', rows.map((row) => row.ids[field])]),
    ['float8', rows.map((row) => row.document.price ?? null)],
    ['timestamptz', rows.map((row) => row.document.updatedAt)],
    ['text', rows.map((row) => row.titleKey)],
    ['text', rows.map((row) => row.terms.join(SEPARATOR))],
    ['text', rows.map((row) => JSON.stringify(row.document).padEnd(OUT_OF_LINE))],
  ];
  const facets = FACETS.join(', ');
  await sql.query(
    `insert into search_document
       (golden_id, version, rank, ${facets}, price, updated_at, title_key, terms, document)
     select golden_id, version, rank, ${facets}, price, updated_at, title_key,
       array_to_tsvector(string_to_array(terms, chr(31))), document::json
     from unnest(${columns.map(([type], i) => `$${i + 1}::${type}[]`).join(', ')})
       r(golden_id, version, rank, ${facets}, price, updated_at, title_key, terms, document)
     on conflict (golden_id) do update set version = excluded.version, rank = excluded.rank,
       ${FACETS.map((field) => `${field} = excluded.${field}`).join(', ')}, price = excluded.price,
       updated_at = excluded.updated_at, title_key = excluded.title_key, terms = excluded.terms,
       document = excluded.document`,
    columns.map(([, values]) => values),
  );
}

/** Merges what many inserts left in the index's pending list, which every search would read through. */
export async function mergePending(sql: Sql): Promise<void> {
  await sql.query(
    "select gin_clean_pending_list('search_document_terms'), gin_clean_pending_list('search_term_trigrams')",
  );
}
