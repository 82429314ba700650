import type { Clause } from './clauses.js';
import { lexemesOf, tokenise } from './tokens.js';

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_./+&'’",]+[\p{L}\p{N}\p{M}]+)*/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML, in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** The title with every word that some way of a clause asked for between <mark> and </mark>; everything else escaped. */
export function highlight(title: string, clauses: readonly Clause[]): string {
  const whole = new Set<string>();
  const starts = new Set<string>();
  for (const clause of clauses) {
    for (const way of clause.alternatives) {
      way.lexemes.forEach((lexeme, i) => {
        (way.prefix && i === way.lexemes.length - 1 ? starts : whole).add(lexeme);
      });
    }
  }
  const asked = (word: string) =>
    tokenise(word)
      .flatMap(lexemesOf)
      .some((lexeme) => whole.has(lexeme) || [...starts].some((start) => lexeme.startsWith(start)));
  let html = '';
  let end = 0;
  for (const match of title.matchAll(WORD)) {
    html += escapeHtml(title.slice(end, match.index));
    end = match.index + match[0].length;
    html += asked(match[0]) ? `<mark>${escapeHtml(match[0])}</mark>` : escapeHtml(match[0]);
  }
  return html + escapeHtml(title.slice(end));
}
