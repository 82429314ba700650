import { LEFT, RIGHT } from './codes.js';
import { clearMasks, HIGH, LOW, setMasks } from './masks.js';

/**
 * Levenshtein distance by Myers' bit vectors (Myers 1999, "A fast bit-vector algorithm for approximate string matching
 * based on dynamic programming"), in the block form of Hyyrö 2003. The shorter string is the pattern, cut into words of
 * 32 rows. Distances count UTF-16 units.
 *
 * Every function takes a bound `max` and may stop as soon as the distance is known to exceed it; what it then returns
 * is `max + 1`.
 */
const NO_BOUND = 0x3fffffff;

/** Distance of two strings in UTF-16 units. */
export function levenshtein(a: string, b: string): number {
  return levenshteinWithin(a, b, NO_BOUND);
}

/** Distance of two strings, or `max + 1` when it exceeds `max`. */
export function levenshteinWithin(a: string, b: string, max: number): number {
  if (a === b) return max < 0 ? max + 1 : 0;
  const m = LEFT.load(a);
  const n = RIGHT.load(b);
  return levenshteinCodesWithin(LEFT.codes, 0, m, RIGHT.codes, 0, n, max);
}

/** 1 - distance / length of the longer string; two empty strings are alike (1). */
export function levenshteinSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - levenshtein(a, b) / longer;
}

/** `levenshteinSimilarity` of a[aStart..aEnd) and b[bStart..bEnd). */
export function levenshteinSimilarityCodes(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
): number {
  const longer = Math.max(aEnd - aStart, bEnd - bStart);
  return longer === 0 ? 1 : 1 - levenshteinCodes(a, aStart, aEnd, b, bStart, bEnd) / longer;
}

/** Distance of a[aStart..aEnd) and b[bStart..bEnd). */
export function levenshteinCodes(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
): number {
  return levenshteinCodesWithin(a, aStart, aEnd, b, bStart, bEnd, NO_BOUND);
}

/** Distance of a[aStart..aEnd) and b[bStart..bEnd), or `max + 1` when it exceeds `max`. */
export function levenshteinCodesWithin(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
  max: number,
): number {
  let i = aStart;
  let j = bStart;
  let m = aEnd;
  let n = bEnd;
  while (i < m && j < n && a[i] === b[j]) {
    i++;
    j++;
  }
  while (i < m && j < n && a[m - 1] === b[n - 1]) {
    m--;
    n--;
  }
  const rows = m - i;
  const columns = n - j;
  const least = Math.abs(rows - columns);
  if (least > max) return max + 1;
  if (rows === 0 || columns === 0) return least;
  return rows <= columns ? distance(a, i, m, b, j, n, max) : distance(b, j, n, a, i, m, max);
}

function distance(
  pattern: Uint16Array,
  pStart: number,
  pEnd: number,
  text: Uint16Array,
  tStart: number,
  tEnd: number,
  max: number,
): number {
  const rows = pEnd - pStart;
  if (rows > 64) return manyWords(pattern, pStart, pEnd, text, tStart, tEnd, max);
  setMasks(pattern, pStart, pEnd);
  const result = rows <= 32 ? oneWord(rows, text, tStart, tEnd, max) : twoWords(rows, text, tStart, tEnd, max);
  clearMasks(pattern, pStart, pEnd);
  return result > max ? max + 1 : result;
}

/** The score of the last row falls by at most one a column, so it is beyond reach once it exceeds max + columns left. */
function oneWord(rows: number, text: Uint16Array, start: number, end: number, max: number): number {
  const last = 1 << (rows - 1);
  let pv = -1;
  let mv = 0;
  let score = rows;
  for (let j = start; j < end; j++) {
    const eq = LOW[text[j]!]!;
    const xv = eq | mv;
    const xh = ((((eq & pv) + pv) | 0) ^ pv) | eq;
    let ph = mv | ~(xh | pv);
    let mh = pv & xh;
    if (ph & last) score++;
    else if (mh & last) score--;
    if (score - (end - 1 - j) > max) return max + 1;
    ph = (ph << 1) | 1;
    mh <<= 1;
    pv = mh | ~(xv | ph);
    mv = ph & xv;
  }
  return score;
}

function twoWords(rows: number, text: Uint16Array, start: number, end: number, max: number): number {
  const last = 1 << (rows - 33);
  let pv0 = -1;
  let mv0 = 0;
  let pv1 = -1;
  let mv1 = 0;
  let score = rows;
  for (let j = start; j < end; j++) {
    const code = text[j]!;
    let eq = LOW[code]!;
    let xv = eq | mv0;
    let xh = ((((eq & pv0) + pv0) | 0) ^ pv0) | eq;
    let ph = mv0 | ~(xh | pv0);
    let mh = pv0 & xh;
    const carryPlus = ph >>> 31;
    const carryMinus = mh >>> 31;
    ph = (ph << 1) | 1;
    mh <<= 1;
    pv0 = mh | ~(xv | ph);
    mv0 = ph & xv;

    eq = HIGH[code]!;
    xv = eq | mv1;
    eq |= carryMinus;
    xh = ((((eq & pv1) + pv1) | 0) ^ pv1) | eq;
    ph = mv1 | ~(xh | pv1);
    mh = pv1 & xh;
    if (ph & last) score++;
    else if (mh & last) score--;
    if (score - (end - 1 - j) > max) return max + 1;
    ph = (ph << 1) | carryPlus;
    mh = (mh << 1) | carryMinus;
    pv1 = mh | ~(xv | ph);
    mv1 = ph & xv;
  }
  return score;
}

/** Horizontal differences of the row above the current word, one a column: bit 0 says +1, bit 1 says -1. */
let carries = new Uint8Array(1024);

/** One word of rows after the other over the whole text, so that one table of masks serves patterns of any length. */
function manyWords(
  pattern: Uint16Array,
  pStart: number,
  pEnd: number,
  text: Uint16Array,
  tStart: number,
  tEnd: number,
  max: number,
): number {
  const columns = tEnd - tStart;
  if (columns > carries.length) carries = new Uint8Array(columns * 2);
  carries.fill(1, 0, columns);
  let score = 0;
  for (let from = pStart; from < pEnd; from += 32) {
    const to = Math.min(from + 32, pEnd);
    const rowsLeft = pEnd - to;
    const last = 1 << (to - from - 1);
    setMasks(pattern, from, to);
    let pv = -1;
    let mv = 0;
    score = to - pStart;
    // The best way through this row: its score, plus the rows or columns that have no partner after it.
    let best = score + Math.abs(rowsLeft - columns);
    for (let j = 0; j < columns; j++) {
      const carry = carries[j]!;
      const eq = LOW[text[tStart + j]!]!;
      const xv = eq | mv;
      const eqCarried = eq | (carry >>> 1);
      const xh = ((((eqCarried & pv) + pv) | 0) ^ pv) | eqCarried;
      let ph = mv | ~(xh | pv);
      let mh = pv & xh;
      const plus = ph & last ? 1 : 0;
      const minus = mh & last ? 1 : 0;
      carries[j] = plus | (minus << 1);
      score += plus - minus;
      const reach = score + Math.abs(rowsLeft - (columns - 1 - j));
      if (reach < best) best = reach;
      ph = (ph << 1) | (carry & 1);
      mh = (mh << 1) | (carry >>> 1);
      pv = mh | ~(xv | ph);
      mv = ph & xv;
    }
    clearMasks(pattern, from, to);
    if (best > max) return max + 1;
  }
  return score > max ? max + 1 : score;
}
