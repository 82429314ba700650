import type { Database, Sql } from '../../database/port.js';
import { FACETS, type Facet, type RemovedDocument, type SearchDocument } from '../port.js';
import { type IndexRow, indexRow } from './document.js';
import { forgetRemoved, rememberRemoved, removedVersions } from './removed.sql.js';
import { countTerms } from './vocabulary.sql.js';
import {
  beginWriting,
  countFacetRows,
  facetIds,
  facetKey,
  mergePending,
  removeRows,
  type StoredRow,
  storedRows,
  writeRows,
} from './writer.sql.js';

/** Documents a transaction writes: larger ones gain nothing and hold the one connection of the embedded database. */
const BATCH = 2000;

/** Upserts documents; one that is stored with a greater version stays as it is. */
export async function writeDocuments(database: Database, documents: readonly SearchDocument[]): Promise<void> {
  const newest = new Map<string, SearchDocument>();
  for (const document of documents) {
    const other = newest.get(document.goldenId);
    if (!other || other.version <= document.version) newest.set(document.goldenId, document);
  }
  const all = [...newest.values()];
  for (let at = 0; at < all.length; at += BATCH) {
    const rows = all.slice(at, at + BATCH).map(indexRow);
    await database.transaction((sql) => writeBatch(sql, rows));
  }
  if (all.length > 0) await mergePending(database);
}

async function writeBatch(sql: Sql, batch: readonly IndexRow[]): Promise<void> {
  await beginWriting(sql);
  const asked = batch.map((row) => row.document.goldenId);
  const stored = await storedRows(sql, asked);
  const removed = await removedVersions(sql, asked);
  const versions = new Map(stored.map((row) => [row.golden_id, Number(row.version)]));
  const rows = batch.filter(
    ({ document: { goldenId, version } }) =>
      (versions.get(goldenId) ?? -1) <= version && (removed.get(goldenId) ?? -1) < version,
  );
  const replaced = new Set(rows.map((row) => row.document.goldenId));
  const ids = await facetIds(sql, wantedFacets(rows));
  const identified = rows.map((row) => ({ ...row, ids: idsOf(row, ids) }));
  const words = new Map<string, number>();
  const facets = new Map<number, number>();
  for (const row of stored) if (replaced.has(row.golden_id)) uncount(row, words, facets);
  for (const row of identified) {
    for (const word of row.words) add(words, word, 1);
    for (const field of FACETS) add(facets, row.ids[field], 1);
  }
  await writeRows(sql, identified);
  if (removed.size > 0) await forgetRemoved(sql, [...replaced]);
  await countTerms(sql, words);
  await countFacetRows(sql, facets);
}

/** Removes documents and remembers their versions; one that is stored with a greater version stays. */
export async function removeDocuments(database: Database, gone: readonly RemovedDocument[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ goldenId }) => goldenId);
  await database.transaction(async (sql) => {
    await beginWriting(sql);
    const words = new Map<string, number>();
    const facets = new Map<number, number>();
    const removed = new Map(gone.map(({ goldenId, version }) => [goldenId, version]));
    const rows = (await storedRows(sql, ids)).filter(
      (row) => Number(row.version) <= (removed.get(row.golden_id) ?? Number.POSITIVE_INFINITY),
    );
    for (const row of rows) uncount(row, words, facets);
    await removeRows(
      sql,
      rows.map((row) => row.golden_id),
    );
    await forgetRemoved(
      sql,
      gone.flatMap(({ goldenId, version }) => (version === undefined ? [goldenId] : [])),
    );
    await rememberRemoved(
      sql,
      gone.flatMap(({ goldenId, version }) => (version === undefined ? [] : [{ goldenId, version }])),
    );
    await countTerms(sql, words);
    await countFacetRows(sql, facets);
  });
}

function uncount(row: StoredRow, words: Map<string, number>, facets: Map<number, number>): void {
  for (const word of row.words) add(words, word, -1);
  for (const id of row.facets) add(facets, id, -1);
}

function add<K>(counts: Map<K, number>, key: K, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}

function wantedFacets(rows: readonly IndexRow[]) {
  const wanted = new Map<string, { field: Facet; values: string[] }>();
  for (const { facets } of rows) {
    for (const field of FACETS) wanted.set(facetKey(field, facets[field]), { field, values: facets[field] });
  }
  return [...wanted.values()];
}

function idsOf(row: IndexRow, ids: ReadonlyMap<string, number>): Record<Facet, number> {
  const idOf = (field: Facet) => ids.get(facetKey(field, row.facets[field])) ?? 0;
  return Object.fromEntries(FACETS.map((field) => [field, idOf(field)])) as Record<Facet, number>;
}
