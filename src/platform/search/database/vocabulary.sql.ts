import type { Database, Sql } from '../../database/port.js';
import type { Term, Vocabulary } from '../text/index.js';

export function databaseVocabulary(database: Database): Vocabulary {
  return {
    find: (words) => findTerms(database, words),
    begins: async (prefix) => (await findPrefix(database, prefix)).length > 0,
    similar: (words) => database.transaction((sql) => similarTerms(sql, words)),
  };
}

/** Which of the words occur, and with how many documents. */
function findTerms(sql: Sql, words: readonly string[]): Promise<Term[]> {
  return sql.query<Term>(
    'select term, documents from search_term where term = any($1::text[]) and documents > 0 order by term',
    [words],
  );
}

/** One term that starts with the prefix, if any does. */
function findPrefix(sql: Sql, prefix: string): Promise<Term[]> {
  return sql.query<Term>(
    `select term, documents from search_term
     where term >= $1 and term < $1 || chr(1114111) and documents > 0 limit 1`,
    [prefix],
  );
}

/**
 * Terms that share trigrams with each word, the most similar first. Threshold 0.2: one substitution in a word of four
 * letters leaves a similarity of 0.25, two edits in one of eight 0.2.
 */
async function similarTerms(sql: Sql, words: readonly string[]): Promise<(Term & { word: string })[]> {
  await sql.query("select set_config('pg_trgm.similarity_threshold', '0.2', true)");
  return sql.query(
    `select w.word, t.term, t.documents from unnest($1::text[]) w(word)
     cross join lateral (
       select term, documents from search_term
       where term % w.word and length(term) between length(w.word) - 2 and length(w.word) + 2 and documents > 0
       order by similarity(term, w.word) desc, documents desc, term limit 60
     ) t`,
    [words],
  );
}

/** Adds the (positive or negative) counts; terms that no document has any more are removed. */
export async function countTerms(sql: Sql, counts: ReadonlyMap<string, number>): Promise<void> {
  const changed = [...counts].filter(([, n]) => n !== 0);
  if (changed.length === 0) return;
  await sql.query(
    `insert into search_term (term, documents)
     select * from unnest($1::text[], $2::integer[])
     on conflict (term) do update set documents = search_term.documents + excluded.documents`,
    [changed.map(([term]) => term), changed.map(([, n]) => n)],
  );
  const fewer = changed.filter(([, n]) => n < 0).map(([term]) => term);
  if (fewer.length > 0) {
    await sql.query('delete from search_term where term = any($1::text[]) and documents <= 0', [fewer]);
  }
}
