import { type Alternative, type Clause, lexemesOf, tokenise } from '../text/index.js';

/** What the ranking reads of a document. */
export interface Candidate {
  goldenId: string;
  titleKey: string;
  brand: string;
  sources: number;
  /** One of its codes is the query or one of its words. */
  code: boolean;
}

const IN_TITLE = 10;
const IN_BRAND = 8;
const ELSEWHERE = 2;
const WHOLE_CODE = 50;
const NEIGHBOURS = 2;
const COVERED = 5;

/**
 * How well a document answers: per clause the best way by field (title, then brand, then anything else), words that
 * follow each other as asked, the share of the title that was asked for, a whole code, and a little for many sources.
 */
export function scoreOf(candidate: Candidate, clauses: readonly Clause[]): number {
  const title = positions(candidate.titleKey);
  const brand = positions(candidate.brand);
  let score = candidate.code ? WHOLE_CODE : 0;
  let before = -2;
  const covered = new Set<number>();
  for (const clause of clauses) {
    let best = 0;
    let at = -2;
    for (const way of clause.alternatives) {
      const place = placeOf(way, title);
      const value = place >= 0 ? IN_TITLE : placeOf(way, brand) >= 0 ? IN_BRAND : ELSEWHERE;
      if (value * way.quality <= best) continue;
      best = value * way.quality;
      at = place;
    }
    score += best;
    if (at >= 0) covered.add(at);
    if (at >= 0 && at === before + 1) score += NEIGHBOURS;
    before = at;
  }
  score += (COVERED * covered.size) / Math.max(1, title.size);
  score += 0.3 * Math.log2(1 + candidate.sources);
  return Math.round(score * 1000) / 1000;
}

interface Positions {
  at: Map<string, number>;
  size: number;
}

function positions(text: string): Positions {
  const at = new Map<string, number>();
  const tokens = tokenise(text);
  tokens.forEach((token, i) => {
    for (const lexeme of lexemesOf(token)) if (!at.has(lexeme)) at.set(lexeme, i);
  });
  return { at, size: tokens.length };
}

/** Position of the way's first word in the text, or -1 when one of its words is not in it. */
function placeOf(way: Alternative, text: Positions): number {
  let first = -1;
  for (const [i, lexeme] of way.lexemes.entries()) {
    let place = text.at.get(lexeme) ?? -1;
    if (place < 0 && way.prefix && i === way.lexemes.length - 1) {
      for (const [found, where] of text.at) {
        if (found.startsWith(lexeme)) {
          place = where;
          break;
        }
      }
    }
    if (place < 0) return -1;
    if (i === 0) first = place;
  }
  return first;
}
