import { hashHex } from '../../../hash.js';
import { FACETS, type Facet, type SearchDocument } from '../port.js';
import { documentText, lexemesOf, type Token } from '../text/index.js';

/** What a document is stored as. */
export interface IndexRow {
  document: SearchDocument;
  /** Lexemes of every kind; see migrations/0002_search.sql. */
  terms: string[];
  /** The document's words without digits: its part of the vocabulary. */
  words: string[];
  facets: Record<Facet, string[]>;
  rank: number;
  titleKey: string;
}

const LETTERS = /^[\p{L}\p{M}]{2,}$/u;

export function indexRow(document: SearchDocument): IndexRow {
  const { title, brand, category, rest, codes, facets, rank, titleKey } = documentText(document);
  const front = lexemeSet([...title, ...brand, ...category]);
  const all = new Set([...front, ...lexemeSet(rest)]);
  const terms = [...all, ...[...front].map((lexeme) => `=${lexeme}`), ...codes];
  for (const field of FACETS) for (const value of facets[field]) terms.push(facetLexeme(field, value));
  return { document, terms, words: [...all].filter((lexeme) => LETTERS.test(lexeme)), facets, rank, titleKey };
}

function lexemeSet(tokens: readonly Token[]): Set<string> {
  const found = new Set<string>();
  for (const token of tokens) for (const lexeme of lexemesOf(token)) found.add(lexeme);
  return found;
}

export function facetLexeme(field: Facet, value: string): string {
  return `!${FACETS.indexOf(field)}${hashHex(value)}`;
}
