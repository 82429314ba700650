import { foldText } from '../../../harmonize/normalisers/index.js';
import type { Database } from '../../database/port.js';
import type { Search, Suggestion } from '../port.js';
import { codeLexeme } from './document.js';
import { brandsWith, documentsWithCode } from './suggest.sql.js';

/** Brands and codes that begin with the text, then titles that answer it. No text twice, at most `limit`. */
export async function suggest(
  database: Database,
  search: Search,
  prefix: string,
  limit: number,
): Promise<Suggestion[]> {
  const folded = foldText(prefix);
  if (folded === '' || limit < 1) return [];
  const found = new Map<string, Suggestion>();
  const offer = (suggestion: Suggestion) => {
    const key = foldText(suggestion.text);
    if (!found.has(key) && found.size < limit) found.set(key, suggestion);
  };
  for (const brand of await brandsWith(database, folded, 3)) offer({ text: brand, kind: 'brand' });
  const code = codeLexeme(prefix);
  if (code && code.length > 3 && /\d/.test(code)) {
    for (const { golden_id, codes } of await documentsWithCode(database, `'${code}':*`, 3)) {
      const text = codes.find((one) => codeLexeme(one)?.startsWith(code));
      if (text) offer({ text, kind: 'code', goldenId: golden_id });
    }
  }
  const page = await search.search({ text: prefix, filters: {}, facets: [], sort: 'relevance', limit: limit + 5 });
  for (const { document, goldenId } of page.items) offer({ text: document.title, kind: 'title', goldenId });
  return [...found.values()];
}
