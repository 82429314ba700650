import { foldText, normaliseCode, wellFormed } from '../../../harmonize/normalisers/index.js';
import { hashHex } from '../../../hash.js';
import { FACETS, type Facet, type SearchDocument } from '../port.js';
import { lexemesOf, tokenise } from './tokens.js';

/** What a document is stored as. */
export interface IndexRow {
  document: SearchDocument;
  /** Lexemes of every kind; see migrations/0002_search.sql. */
  terms: string[];
  /** The document's words without digits: its part of the vocabulary. */
  words: string[];
  facets: Record<Facet, string[]>;
  /** Order among documents that match equally well by index: short titles and many sources first. */
  rank: number;
  titleKey: string;
}

/** Distinct lexemes a document is found by beyond its title, brand, category and codes. A longer description's end is not searched. */
const MOST_REST = 250;
const LETTERS = /^[\p{L}\p{M}]{2,}$/u;

export function indexRow(document: SearchDocument): IndexRow {
  const front = new Set<string>();
  const add = (set: Set<string>, text: string) => {
    for (const token of tokenise(text)) for (const lexeme of lexemesOf(token)) set.add(lexeme);
  };
  const title = tokenise(document.title);
  for (const token of title) for (const lexeme of lexemesOf(token)) front.add(lexeme);
  for (const text of [document.brand ?? '', ...(document.category ?? [])]) add(front, text);
  const rest = new Set<string>();
  for (const code of document.codes) add(rest, code);
  for (const text of [document.colour, document.condition, document.availability]) if (text) add(rest, text);
  for (const value of Object.values(document.attributes)) {
    if (rest.size >= MOST_REST) break;
    if (typeof value !== 'boolean') add(rest, Array.isArray(value) ? value.join(' · ') : String(value));
  }
  if (document.description && rest.size < MOST_REST) {
    for (const token of tokenise(document.description.slice(0, MOST_REST * 12))) {
      if (rest.size >= MOST_REST) break;
      for (const lexeme of lexemesOf(token)) rest.add(lexeme);
    }
  }
  const facets = facetValues(document);
  const all = new Set([...front, ...rest]);
  const terms = [...all, ...[...front].map((lexeme) => `=${lexeme}`)];
  for (const code of document.codes) {
    const lexeme = codeLexeme(code);
    if (lexeme) terms.push(lexeme);
  }
  for (const field of FACETS) for (const value of facets[field]) terms.push(facetLexeme(field, value));
  return {
    document,
    terms,
    words: [...all].filter((lexeme) => LETTERS.test(lexeme)),
    facets,
    rank: title.length - 2 * Math.min(10, document.sources.length),
    titleKey: wellFormed(foldText(document.title).slice(0, 200)),
  };
}

/** A whole code in any punctuation; zeros at the front are dropped, so that every spelling of a GTIN is one. */
export function codeLexeme(code: string): string | undefined {
  const plain = normaliseCode(code)
    .toLowerCase()
    .replace(/^0+(?=\d{5})/, '');
  const text = wellFormed(plain.slice(0, 64));
  return text.length > 1 ? `#${text}` : undefined;
}

export function facetLexeme(field: Facet, value: string): string {
  return `!${FACETS.indexOf(field)}${hashHex(value)}`;
}

/** Values of every facet, sorted and distinct; a category path counts under each of its levels. */
function facetValues(document: SearchDocument): Record<Facet, string[]> {
  const set = (values: (string | undefined)[]) =>
    [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
  return {
    brand: set([document.brand]),
    category: set(document.category ?? []),
    colour: set([document.colour]),
    condition: set([document.condition]),
    availability: set([document.availability]),
    source: set(document.sources),
  };
}
