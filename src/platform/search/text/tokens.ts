import { foldText, wellFormed } from '../../../harmonize/normalisers/index.js';
import { unitOf } from './units.js';

/**
 * A word of a text, folded.
 * - word: no digits; `parts` are what hyphens and such separate ("noise-cancelling": noise, cancelling)
 * - number: digits, decimal comma as point
 * - measure: number and unit in one spelling ("1 TB", "1tb": `1tb`); `parts` as they were written
 * - code: letters and digits; `parts` are split at separators and between letters and digits ("wh-1000xm4": wh, 1000, xm, 4)
 * `text` is the parts joined without separators.
 */
export interface Token {
  kind: 'word' | 'number' | 'measure' | 'code';
  text: string;
  parts: string[];
}

const CHUNK = /[\p{L}\p{N}\p{M}]+(?:[-_./+&'",]+[\p{L}\p{N}\p{M}]+)*/gu;
const SEPARATORS = /[^\p{L}\p{N}\p{M}]+/u;
const DIGIT = /\p{Nd}/u;
const NUMBER = /^\d+(?:[.,]\d+)?$/;
const MEASURE = /^(\d+(?:[.,]\d+)?)([\p{L}"']+)$/u;
const INCHES = /(\d)\s?(?:"|'')(?=[^\p{L}\p{N}]|$)/gu;
const PLUS = /(?<=[\p{L}\p{N}])\+(?=[^\p{L}\p{N}]|$)/gu;
/** Longer than any word or code; what is longer is cut, as Postgres takes no lexeme of more than 2 kB. */
const LONGEST = 64;

/** Splits a text into words, numbers, measures and codes. The same for documents and queries. */
export function tokenise(text: string): Token[] {
  const folded = foldText(text).replace(INCHES, '$1in ').replace(PLUS, ' plus');
  const tokens: Token[] = [];
  for (const [chunk] of folded.matchAll(CHUNK)) {
    const last = tokens.at(-1);
    const unit = last?.kind === 'number' ? unitOf(chunk) : undefined;
    if (last && unit) tokens[tokens.length - 1] = measure(last.text, unit, chunk);
    else tokens.push(tokenOf(chunk));
  }
  return tokens;
}

function tokenOf(chunk: string): Token {
  if (!DIGIT.test(chunk)) {
    const parts = chunk.split(SEPARATORS).map(cut);
    return { kind: 'word', text: cut(parts.join('')), parts };
  }
  if (NUMBER.test(chunk)) {
    const number = cut(chunk.replace(',', '.'));
    return { kind: 'number', text: number, parts: [number] };
  }
  const [, value, spelling] = MEASURE.exec(chunk) ?? [];
  const unit = spelling && unitOf(spelling);
  if (value && unit) return measure(value.replace(',', '.'), unit);
  const parts = chunk
    .split(SEPARATORS)
    .flatMap((part) => part.match(/\p{Nd}+|[^\p{Nd}]+/gu) ?? [])
    .map(cut);
  return { kind: 'code', text: cut(parts.join('')), parts };
}

function measure(value: string, unit: string, written?: string): Token {
  return { kind: 'measure', text: cut(value + unit), parts: written ? [value, written] : [value] };
}

function cut(text: string): string {
  return text.length > LONGEST ? wellFormed(text.slice(0, LONGEST)) : text;
}

/** More parts than that are joined from the left only: a code of n parts has n(n+1)/2 runs. */
const MOST_PARTS = 6;

/** What a token is found by: itself, its parts, and for codes every run of parts ("wh1000", "1000xm4"). */
export function lexemesOf(token: Token): string[] {
  if (token.kind !== 'code')
    return token.parts.length > 1 || token.kind === 'measure' ? [token.text, ...token.parts] : [token.text];
  const { parts } = token;
  const found = new Set([token.text, ...parts]);
  for (let from = 0; from < (parts.length > MOST_PARTS ? 1 : parts.length); from++) {
    let run = parts[from] ?? '';
    for (let to = from + 1; to < parts.length; to++) {
      run += parts[to];
      if (run.length <= LONGEST) found.add(run);
    }
  }
  return [...found];
}
