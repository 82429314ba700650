import { isAscii } from './characters.js';
import { foldText } from './fold.js';
import { asciiDigits, parseNumber } from './number.js';
import { findUnit, PIECES, type Unit } from './units.js';

/** A number with a unit or a piece word, where it stands in the scanned text. */
export interface Found {
  value: number;
  /** Undefined: a count of pieces. */
  unit: Unit | undefined;
  /** Numbers joined before it by a multiplication sign: "2 x 6 x 33cl" has [2, 6]. */
  times: number[];
  /** A multiplication sign stands directly before or after. */
  crossed: boolean;
  start: number;
  end: number;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLatin = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xb5 && code <= 0x24f && code !== 0xd7 && code !== 0xf7 && (code >= 0xc0 || code === 0xb5));
/** Letters of the scripts that units are written in; anything else ends a word. */
const isOtherLetter = (code: number) =>
  (code >= 0x370 && code <= 0x52f) ||
  (code >= 0x5d0 && code <= 0x5ea) ||
  (code >= 0x620 && code <= 0x64a) ||
  (code >= 0x1f00 && code <= 0x1fff) ||
  (code >= 0x3041 && code <= 0x30ff) ||
  (code >= 0x4e00 && code <= 0x9fff);
/** x, X, *, × and the Cyrillic letter that looks like it. */
const isTimes = (code: number) =>
  code === 120 || code === 88 || code === 42 || code === 0xd7 || code === 0x445 || code === 0x425;
const isInchMark = (code: number) => code === 34 || code === 0x2033 || code === 0x201d || code === 0x5f4;
const isFootMark = (code: number) => code === 39 || code === 0x2032 || code === 0x2019;
const DENOMINATORS = new Set([2, 3, 4, 5, 6, 8, 16, 32, 64]);

function skipSpaces(text: string, at: number): number {
  while (text.charCodeAt(at) === 32) at++;
  return at;
}

function digitsEnd(text: string, at: number): number {
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** "3/4" at `at`: value and end, or undefined. */
function readFraction(text: string, at: number): { value: number; end: number } | undefined {
  const slash = digitsEnd(text, at);
  if (slash === at || slash - at > 2 || text.charCodeAt(slash) !== 47) return undefined;
  const end = digitsEnd(text, slash + 1);
  if (isDigit(text.charCodeAt(slash)) || text.charCodeAt(end) === 47) return undefined;
  const over = Number(text.slice(at, slash));
  const under = Number(text.slice(slash + 1, end));
  return DENOMINATORS.has(under) && over > 0 && over < under ? { value: over / under, end } : undefined;
}

/** The number that starts at `at`, with a following or own fraction. */
function readNumber(text: string, at: number, locale: string | undefined): { value: number; end: number } | undefined {
  const fraction = readFraction(text, at);
  if (fraction !== undefined) return fraction;
  let end = digitsEnd(text, at);
  while ((text.charCodeAt(end) === 46 || text.charCodeAt(end) === 44) && isDigit(text.charCodeAt(end + 1)))
    end = digitsEnd(text, end + 1);
  const value = parseNumber(text.slice(at, end), locale);
  if (value === undefined) return undefined;
  const next = text.charCodeAt(end);
  if (next === 32 || next === 45) {
    const part = readFraction(text, end + 1);
    if (part !== undefined) return { value: value + part.value, end: part.end };
  }
  return { value, end };
}

interface Word {
  text: string;
  end: number;
}

/** Letters of one script from `at`; quotes inside Hebrew abbreviations (ק"ג) are dropped. */
function readWord(text: string, at: number): Word {
  let end = at;
  if (isLatin(text.charCodeAt(at))) {
    while (isLatin(text.charCodeAt(end))) end++;
    return { text: text.slice(at, end), end };
  }
  let word = '';
  for (;;) {
    const code = text.charCodeAt(end);
    if (isOtherLetter(code)) word += text[end];
    else if (
      !(
        word !== '' &&
        (isInchMark(code) || isFootMark(code) || code === 0x5f3) &&
        isOtherLetter(text.charCodeAt(end + 1))
      )
    )
      break;
    end++;
  }
  if (word !== '' && (isFootMark(text.charCodeAt(end)) || text.charCodeAt(end) === 0x5f3)) end++;
  return { text: word, end };
}

const PREFIXES: Record<string, (next: string) => string | undefined> = {
  fl: (next) => (/^(?:oz|ozs|ounce|ounces)$/.test(next) ? 'floz' : undefined),
  sq: (next) => ({ ft: 'sqft', feet: 'sqft', m: 'sqm', metres: 'sqm', meters: 'sqm', cm: 'sqcm' })[next],
  cu: (next) => (/^(?:ft|feet)$/.test(next) ? 'cuft' : undefined),
};
PREFIXES.fluid = PREFIXES.fl!;
PREFIXES.square = PREFIXES.sq!;
PREFIXES.cubic = PREFIXES.cu!;

/** Spellings that are also everyday words or generations of something: "3 in 1", "5G", "3M", "2 a day", "1 to 3". */
function refuses(word: string, lower: string, value: number, glued: boolean, next: number): boolean {
  switch (lower) {
    case 'in':
      return isDigit(next) || next === 45;
    case 'a':
      return word !== 'A';
    case 'g':
      return word === 'G' && glued && value >= 2 && value <= 6;
    case 'm':
      return word === 'M' && value === 3;
    case 'hp':
      return word !== 'hp' && !glued;
    case 'to':
    case 'go':
    case 'mo':
      return !/^[TGM]o$/.test(word) || isDigit(next);
    case 'st':
      return glued;
    case 'er':
      return !glued;
    default:
      return false;
  }
}

/** What the number that ends at `at` counts: a unit, a piece word (unit undefined), or nothing. */
function readUnit(text: string, at: number, value: number): { unit: Unit | undefined; end: number } | undefined {
  const mark = text.charCodeAt(at);
  if (isInchMark(mark) && !isClosingQuote(text, at)) return { unit: findUnit('inch'), end: at + 1 };
  if (isFootMark(mark))
    return text.charCodeAt(at + 1) === mark
      ? { unit: findUnit('inch'), end: at + 2 }
      : isLatin(text.charCodeAt(at + 1))
        ? undefined
        : { unit: findUnit('foot'), end: at + 1 };
  let from = skipSpaces(text, at);
  if (text.charCodeAt(from) === 45) from = skipSpaces(text, from + 1);
  const first = readWord(text, from);
  if (first.text === '') return undefined;
  let { text: word, end } = first;
  let lower = isAscii(word) ? word.toLowerCase() : foldText(word);
  const prefix = PREFIXES[lower];
  if (prefix !== undefined) {
    const dotted = text.charCodeAt(end) === 46 ? end + 1 : end;
    const second = readWord(text, skipSpaces(text, dotted));
    const joined = prefix(second.text.toLowerCase());
    if (joined !== undefined) return { unit: findUnit(joined), end: second.end };
  }
  if (lower.length > 1 && isTimes(text.charCodeAt(end - 1)) && isDigit(text.charCodeAt(skipSpaces(text, end)))) {
    word = word.slice(0, -1);
    lower = lower.slice(0, -1);
    end--;
  }
  const after = text.charCodeAt(end);
  if ((after === 50 || after === 51) && !isDigit(text.charCodeAt(end + 1)) && findUnit(lower + text[end]) !== undefined)
    return { unit: findUnit(lower + text[end]), end: end + 1 };
  if (isDigit(after)) return undefined;
  if (after === 47 && /^[mg]b$/.test(lower) && text[end + 1] === 's')
    return { unit: findUnit(lower === 'mb' ? 'mbs' : 'gbps'), end: end + 2 };
  if (refuses(word, lower, value, from === at, text.charCodeAt(skipSpaces(text, end)))) return undefined;
  const unit = findUnit(lower);
  if (unit !== undefined) return { unit, end };
  return PIECES.has(lower) ? { unit: undefined, end } : undefined;
}

/** In `"Windows 10"` the second mark closes a quotation; in `15.6" and 13"` both mean inches. */
function isClosingQuote(text: string, at: number): boolean {
  const before = text.lastIndexOf('"', at - 1);
  if (at === 0 || before < 0 || text[at] !== '"') return false;
  return !isDigit(text.charCodeAt(before - 1));
}

/** Does the hyphenated word that ends at `at` hold a letter? "18-55mm" is a range, "V1910-16G" a part number. */
function isCodePart(text: string, at: number): boolean {
  for (let i = at; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (isLatin(code) || isOtherLetter(code)) return true;
    if (!isDigit(code) && code !== 45 && code !== 46) return false;
  }
  return false;
}

/** May a number start at `at`? Not inside a word or another number; "6x330" is two numbers. */
function mayStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const code = text.charCodeAt(at - 1);
  if (isDigit(code) || code === 47) return false;
  if (code === 46 || code === 44) return !isDigit(text.charCodeAt(at - 2));
  if (code === 45) return !isCodePart(text, at - 2);
  if (!isLatin(code) && !isOtherLetter(code)) return true;
  return (
    isTimes(code) &&
    (at === 1 || !isLatin(text.charCodeAt(at - 2)) || /\d[a-zA-Z]{1,2}$/.test(text.slice(Math.max(0, at - 6), at - 1)))
  );
}

/** The position after a multiplication sign at `at` that a number follows, or -1. */
function afterTimes(text: string, at: number): number {
  const sign = skipSpaces(text, at);
  if (!isTimes(text.charCodeAt(sign))) return -1;
  const next = skipSpaces(text, sign + 1);
  return isDigit(text.charCodeAt(next)) ? next : -1;
}

/** The text the scanner's positions refer to. */
export function scannable(text: string): string {
  return isAscii(text) ? text : asciiDigits(text).replaceAll('\u2044', '/');
}

/** Every number with a unit or piece word in `text` (as `scannable` gives it), from left to right. */
export function scan(text: string, locale?: string): Found[] {
  const out: Found[] = [];
  let times: number[] = [];
  let crossed = false;
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    if (!mayStart(text, at)) {
      at = digitsEnd(text, at) - 1;
      continue;
    }
    const number = readNumber(text, at, locale);
    if (number === undefined) {
      at = digitsEnd(text, at) - 1;
      continue;
    }
    const found = readUnit(text, number.end, number.value);
    const end = found?.end ?? number.end;
    const next = afterTimes(text, end);
    if (found !== undefined) {
      out.push({ value: number.value, unit: found.unit, times, crossed: crossed || next >= 0, start: at, end });
      times = [];
    } else times = next >= 0 ? [...times, number.value] : [];
    crossed = next >= 0;
    at = (next >= 0 ? next : end) - 1;
  }
  return out;
}
