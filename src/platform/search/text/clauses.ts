import { normaliseCode } from '../../../harmonize/normalisers/index.js';
import { codeLexeme } from './codes.js';
import type { SynonymTable } from './synonyms.js';
import { type Token, tokenise } from './tokens.js';

/** One way to satisfy a clause: all its lexemes occur; the last one may be the beginning of a longer one. */
export interface Alternative {
  lexemes: string[];
  /** Of the one lexeme of a part number: its parts, of which a longer number may hold the run ("wh1000": wh, 1000). */
  run?: string[];
  prefix?: true;
  /** 0..1: how good a match by this way is. */
  quality: number;
}

/** A word or phrase of the query, and the ways to find it. */
export interface Clause {
  text: string;
  /** Set for words that the vocabulary can know: letters only. */
  word?: true;
  last: boolean;
  alternatives: Alternative[];
}

export interface Clauses {
  clauses: Clause[];
  /** Lexemes of whole codes: the query or one of its words is that code, whatever its punctuation. */
  codes: string[];
  /** The one of the whole query, where it has several words: found although no document has its words. */
  wholeCode?: string;
}

/** Words that say nothing, left out of a query that has others. */
const STOP_WORDS = new Set([
  'a',
  'an',
  'and',
  'the',
  'for',
  'with',
  'of',
  'to',
  'und',
  'mit',
  'fur',
  'der',
  'die',
  'das',
  'et',
  'le',
  'la',
  'les',
]);
/** Words of a query beyond these are not asked for: the index is read once a word. */
export const MOST_WORDS = 24;

/** No part number in use is longer. */
const MOST_CODE = 40;

/** Reads a query into clauses, all of which a document has to satisfy. */
export function clausesOf(text: string, synonyms: SynonymTable): Clauses {
  const all = tokenise(text);
  const telling = all.filter((token) => !STOP_WORDS.has(token.text));
  const tokens = (telling.length > 0 ? telling : all).slice(0, MOST_WORDS);
  const clauses: Clause[] = [];
  for (let at = 0; at < tokens.length; ) {
    const length = phraseAt(tokens, at, synonyms);
    const phrase = tokens.slice(at, at + length);
    at += length;
    clauses.push(clauseOf(phrase, at === tokens.length, synonyms));
  }
  const codes = new Set<string>();
  for (const token of all)
    if (token.text.length > 3 && /\p{Nd}/u.test(token.text)) codes.add(codeLexeme(token.text) ?? '');
  codes.delete('');
  const whole = /\p{Nd}/u.test(text) && normaliseCode(text).length <= MOST_CODE ? codeLexeme(text) : undefined;
  if (!whole || clauses.length < 2) return { clauses, codes: [...codes] };
  return { clauses, codes: [...codes.add(whole)], wholeCode: whole };
}

/** Length of the longest phrase of at most three words that has synonyms; 1 where there is none. */
function phraseAt(tokens: readonly Token[], at: number, synonyms: SynonymTable): number {
  for (let length = Math.min(3, tokens.length - at); length > 1; length--) {
    if (synonyms.has(textOf(tokens.slice(at, at + length)))) return length;
  }
  return 1;
}

const textOf = (tokens: readonly Token[]) => tokens.map((token) => token.text).join(' ');

function clauseOf(phrase: readonly Token[], last: boolean, synonyms: SynonymTable): Clause {
  const text = textOf(phrase);
  const ways: Alternative[] = [];
  const [token] = phrase;
  if (phrase.length === 1 && token) ways.push(...waysOf(token, last));
  else ways.push({ lexemes: phrase.map((word) => word.text), quality: 1 });
  for (const lexemes of synonyms.get(text) ?? []) ways.push({ lexemes, quality: 0.8 });
  const word = phrase.length === 1 && token?.kind === 'word' && token.parts.length === 1;
  return { text, last, alternatives: ways, ...(word ? { word } : {}) };
}

function waysOf(token: Token, last: boolean): Alternative[] {
  const run = token.kind === 'code' && token.parts.length > 1 ? { run: token.parts } : {};
  const ways: Alternative[] = [{ lexemes: [token.text], quality: 1, ...run }];
  if (last && token.text.length > 1) ways.push({ lexemes: [token.text], prefix: true, quality: 0.7, ...run });
  if (token.parts.length > 1) ways.push({ lexemes: [...token.parts], quality: token.kind === 'code' ? 0.6 : 0.9 });
  const code = /\p{Nd}/u.test(token.text) ? codeLexeme(token.text) : undefined;
  if (code) ways.push({ lexemes: [code], quality: 1 });
  if (token.kind === 'word' && token.parts.length === 1 && token.text.length > 3) {
    ways.push({ lexemes: [plural(token.text)], quality: 0.95 });
  }
  return ways;
}

/** The other number of an English, French or Spanish noun; a form that is none finds nothing and costs one lookup. */
function plural(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
}
