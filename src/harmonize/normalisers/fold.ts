import { GLUED_FRACTION, INVISIBLE, isAscii, SPACES, wellFormed } from './characters.js';

const ASCII_FOLDED = /^[!-@[-`{-~a-z]+(?: [!-@[-`{-~a-z]+)*$/;
/** Combining marks of Latin, Greek and Cyrillic, Hebrew points and cantillation, Arabic vowel signs and tatweel. */
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
const TRADEMARK = /[\u2120\u2122]/g;

/** Letters that decomposition leaves alone, and the several spellings of quotes, dashes and the multiplication sign. */
const SPECIAL: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ς: 'σ',
  '׳': "'",
  '״': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '־': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '×': 'x',
  '⁄': '/',
};
const SPECIALS = new RegExp(`[${Object.keys(SPECIAL).join('')}]`, 'g');

function foldOnce(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(TRADEMARK, '')
    .replace(GLUED_FRACTION, '$1 $2')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPECIALS, (char) => SPECIAL[char] ?? char)
    .normalize('NFKC')
    .replace(SPACES, ' ')
    .trim();
}

/**
 * The form in which texts are compared: NFKC, case folded, without accents, Hebrew points or invisible characters,
 * one kind of quote and dash, single spaces. Scripts whose marks are letters (Devanagari, Thai, kana) keep them.
 * Idempotent, independent of locale.
 */
export function foldText(text: string): string {
  if (ASCII_FOLDED.test(text) && !text.includes('`')) return text;
  if (isAscii(text)) return text.replace(INVISIBLE, '').toLowerCase().replaceAll('`', "'").replace(SPACES, ' ').trim();
  return foldOnce(wellFormed(text));
}

/** The folded form of a pattern, for tables that are matched against folded text. */
export const foldPattern = (pattern: RegExp): RegExp => new RegExp(foldText(pattern.source), 'u');
