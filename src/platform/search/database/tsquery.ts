import type { Facet, SearchQuery } from '../port.js';
import type { Alternative, Clause } from '../text/index.js';
import { facetLexeme } from './document.js';

/** Text of a tsquery. Lexemes hold letters, digits and one mark in front; quoted all the same. */
const quote = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function way(alternative: Alternative, mark: string): string {
  return alternative.lexemes
    .map((lexeme, i) => {
      const marked = lexeme.startsWith('#') ? lexeme : mark + lexeme;
      return quote(marked) + (alternative.prefix && i === alternative.lexemes.length - 1 ? ':*' : '');
    })
    .join(' & ');
}

const anyOf = (ways: readonly string[]) => `(${ways.join(' | ')})`;
const allOf = (parts: readonly string[]) => parts.join(' & ');

/** Every clause by some way; with mark `=` in title, brand or category. */
export function clausesQuery(clauses: readonly Clause[], mark: '' | '='): string {
  return allOf(clauses.map((clause) => anyOf(clause.alternatives.map((alternative) => way(alternative, mark)))));
}

export function codesQuery(codes: readonly string[]): string {
  return anyOf(codes.map(quote));
}

/** The filters, without the one of `except`; '' where none is left. */
export function filtersQuery(filters: SearchQuery['filters'], except?: Facet): string {
  return allOf(
    Object.entries(filters)
      .filter(([field, values]) => field !== except && values !== undefined && values.length > 0)
      .map(([field, values]) => anyOf(values.map((value) => quote(facetLexeme(field as Facet, value))))),
  );
}

/** Joins parts that may be empty; null when all are: no condition. */
export function conjunction(...parts: string[]): string | null {
  const filled = parts.filter((part) => part !== '').map((part) => `(${part})`);
  return filled.length > 0 ? filled.join(' & ') : null;
}
