import type { estypes } from '@elastic/elasticsearch';
import type { Alternative } from '../text/index.js';
import { LANGUAGE_CODES } from './languages.js';

/** Fields of words: the title, the brand, and everything. */
export type WordField = 'title' | 'brand' | 'all';

type Query = estypes.QueryDslQueryContainer;

/** Finds documents that have a way's lexemes in the field, whatever their order. */
export function wayIn(field: WordField, way: Alternative): Query {
  const parts = way.lexemes.map((lexeme, i) => {
    const last = i === way.lexemes.length - 1;
    if (lexeme.startsWith('#')) return whole(field, lexeme.slice(1));
    if (way.prefix && last) return beginning(field, lexeme);
    return way.run === undefined ? word(field, lexeme) : run(field, way.run);
  });
  return parts.length === 1 ? parts[0]! : { bool: { filter: parts } };
}

/** The inflections of a word, in any of the languages. */
export function inflected(field: 'title' | 'all', text: string): Query {
  return anyOf(LANGUAGE_CODES.map((code) => ({ match: { [`${field}.${code}`]: { query: text } } })));
}

export function anyOf(queries: readonly Query[]): Query {
  return queries.length === 1 ? queries[0]! : { bool: { should: [...queries], minimum_should_match: 1 } };
}

const NOTHING: Query = { match_none: {} };

/** A whole part number stands for the document, not for a place in a text. */
const whole = (field: WordField, code: string): Query => (field === 'all' ? { term: { codes: code } } : NOTHING);

const word = (field: WordField, lexeme: string): Query => ({ term: { [field]: lexeme } });

const run = (field: WordField, parts: readonly string[]): Query => ({
  match_phrase: { [field]: { query: parts.join(' ') } },
});

/** A word that begins so; in a part number, a run of parts that does. */
function beginning(field: WordField, lexeme: string): Query {
  const prefix: Query = { prefix: { [field]: { value: lexeme } } };
  return field === 'all'
    ? { bool: { should: [prefix, { term: { edges: lexeme } }], minimum_should_match: 1 } }
    : prefix;
}
