import { foldText } from '../../harmonize/normalisers/index.js';
import type { Search, Suggestion } from './port.js';
import { codeLexeme } from './text/index.js';

/** What an index tells of brands and codes by their beginnings. */
export interface SuggestSource {
  /** Brands that begin with the folded text, those of most documents first. */
  brands(folded: string, limit: number): Promise<string[]>;
  /** Documents with a code that begins with the plain text, and all their codes; best documents first. */
  codes(plain: string, limit: number): Promise<{ goldenId: string; codes: string[] }[]>;
}

const MOST_OF_A_KIND = 3;

/** Brands and codes that begin with the text, then titles that answer it. No text twice, at most `limit`. */
export async function suggest(
  source: SuggestSource,
  search: Pick<Search, 'search'>,
  prefix: string,
  limit: number,
): Promise<Suggestion[]> {
  const folded = foldText(prefix);
  if (folded === '' || limit < 1) return [];
  const code = codeLexeme(prefix)?.slice(1);
  const asked = code !== undefined && code.length > 2 && /\d/.test(code) ? code : undefined;
  const [brands, holders, page] = await Promise.all([
    source.brands(folded, MOST_OF_A_KIND),
    asked === undefined ? [] : source.codes(asked, MOST_OF_A_KIND),
    search.search({ text: prefix, filters: {}, facets: [], sort: 'relevance', limit: limit + 5 }),
  ]);
  const found = new Map<string, Suggestion>();
  const offer = (suggestion: Suggestion) => {
    const key = foldText(suggestion.text);
    if (!found.has(key) && found.size < limit) found.set(key, suggestion);
  };
  for (const brand of brands) offer({ text: brand, kind: 'brand' });
  for (const { goldenId, codes } of holders) {
    const text = codes.find((one) => codeLexeme(one)?.startsWith(`#${asked}`));
    if (text) offer({ text, kind: 'code', goldenId });
  }
  for (const { document, goldenId } of page.items) offer({ text: document.title, kind: 'title', goldenId });
  return [...found.values()];
}
