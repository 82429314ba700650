import { foldText, wellFormed } from '../../../harmonize/normalisers/index.js';
import { FACETS, type Facet, type SearchDocument } from '../port.js';
import { codeLexeme } from './codes.js';
import { lexemesOf, type Token, tokenise } from './tokens.js';

/** What a document is found, filtered and ordered by, in every index alike. */
export interface DocumentText {
  title: Token[];
  brand: Token[];
  category: Token[];
  /** Codes, colour, condition, availability, attributes, description: what fits. */
  rest: Token[];
  /** Whole codes, each with `#` in front. */
  codes: string[];
  facets: Record<Facet, string[]>;
  /** Order among documents that match equally well: short titles and many sources first. */
  rank: number;
  titleKey: string;
}

/** Distinct lexemes a document is found by beyond its title, brand, category and codes. A longer description's end is not searched. */
const MOST_REST = 250;

export function documentText(document: SearchDocument): DocumentText {
  const title = tokenise(document.title);
  return {
    title,
    brand: tokenise(document.brand ?? ''),
    category: (document.category ?? []).flatMap(tokenise),
    rest: restOf(document),
    codes: [...new Set(document.codes.flatMap((code) => codeLexeme(code) ?? []))],
    facets: facetValues(document),
    rank: title.length - 2 * Math.min(10, document.sources.length),
    titleKey: wellFormed(foldText(document.title).slice(0, 200)),
  };
}

function restOf(document: SearchDocument): Token[] {
  const tokens: Token[] = [];
  const lexemes = new Set<string>();
  const add = (token: Token) => {
    tokens.push(token);
    for (const lexeme of lexemesOf(token)) lexemes.add(lexeme);
  };
  for (const code of document.codes) tokenise(code).forEach(add);
  for (const text of [document.colour, document.condition, document.availability])
    if (text) tokenise(text).forEach(add);
  for (const value of Object.values(document.attributes)) {
    if (lexemes.size >= MOST_REST) break;
    if (typeof value !== 'boolean') tokenise(Array.isArray(value) ? value.join(' · ') : String(value)).forEach(add);
  }
  if (document.description && lexemes.size < MOST_REST) {
    for (const token of tokenise(document.description.slice(0, MOST_REST * 12))) {
      if (lexemes.size >= MOST_REST) break;
      add(token);
    }
  }
  return tokens;
}

/** Values of every facet, sorted and distinct; a category path counts under each of its levels. */
function facetValues(document: SearchDocument): Record<Facet, string[]> {
  const set = (values: (string | undefined)[]) =>
    [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
  const all: Record<Facet, string[]> = {
    brand: set([document.brand]),
    category: set(document.category ?? []),
    colour: set([document.colour]),
    condition: set([document.condition]),
    availability: set([document.availability]),
    source: set(document.sources),
  };
  return Object.fromEntries(FACETS.map((field) => [field, all[field]])) as Record<Facet, string[]>;
}
