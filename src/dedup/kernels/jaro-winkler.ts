import { LEFT, RIGHT } from './codes.js';
import { clearMasks, HIGH, LOW, setMasks } from './masks.js';

/**
 * Jaro-Winkler similarity (Winkler 1990): prefix weight 0.1, at most 4 units, only where the Jaro similarity is at least
 * 0.7. Units are UTF-16 units. The shorter string looks for its partners in the longer one; of two equally long strings
 * the first looks.
 */
const PREFIX_WEIGHT = 0.1;
const PREFIX_LIMIT = 4;
const BOOST_THRESHOLD = 0.7;

/** Similarity of two strings, 0..1; two empty strings are alike (1). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const m = LEFT.load(a);
  const n = RIGHT.load(b);
  return jaroWinklerCodes(LEFT.codes, 0, m, RIGHT.codes, 0, n);
}

/** Similarity of a[aStart..aEnd) and b[bStart..bEnd), 0..1. */
export function jaroWinklerCodes(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
): number {
  const jaro = jaroCodes(a, aStart, aEnd, b, bStart, bEnd);
  if (jaro < BOOST_THRESHOLD) return jaro;
  const limit = Math.min(aEnd - aStart, bEnd - bStart, PREFIX_LIMIT);
  let prefix = 0;
  while (prefix < limit && a[aStart + prefix] === b[bStart + prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/** Jaro similarity, without Winkler's prefix. */
export function jaroCodes(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
): number {
  const m = aEnd - aStart;
  const n = bEnd - bStart;
  if (m === 0 || n === 0) return m === n ? 1 : 0;
  const flagged = m > n ? partners(a, aStart, aEnd, b, bStart, bEnd) : partners(b, bStart, bEnd, a, aStart, aEnd);
  if (flagged === 0) return 0;
  const swaps = transpositions >> 1;
  return (flagged / m + flagged / n + (flagged - swaps) / flagged) / 3;
}

/** Units of the shorter string that found a partner, in its order. */
let found = new Uint16Array(256);
/** Set beside the result of `partners`: partners that are out of order. */
let transpositions = 0;

function partners(
  long: Uint16Array,
  longStart: number,
  longEnd: number,
  short: Uint16Array,
  shortStart: number,
  shortEnd: number,
): number {
  const m = longEnd - longStart;
  const range = Math.max((m >> 1) - 1, 0);
  if (shortEnd - shortStart > found.length) found = new Uint16Array((shortEnd - shortStart) * 2);
  if (m > 64) return partnersInWords(long, longStart, longEnd, short, shortStart, shortEnd, range);
  setMasks(long, longStart, longEnd);
  const count =
    m <= 32
      ? partnersInOne(short, shortStart, shortEnd, range, long, longStart)
      : partnersInTwo(short, shortStart, shortEnd, range, long, longStart);
  clearMasks(long, longStart, longEnd);
  return count;
}

/** The window slides by one bit a unit; bits beyond the pattern are never set in its masks, so they need no cutting. */
function partnersInOne(
  short: Uint16Array,
  start: number,
  end: number,
  range: number,
  long: Uint16Array,
  longStart: number,
): number {
  let free = -1;
  let count = 0;
  let window = (1 << (range + 1)) - 1;
  for (let i = start; i < end; i++) {
    const code = short[i]!;
    const hits = LOW[code]! & free & window;
    if (hits !== 0) {
      free ^= hits & -hits;
      found[count++] = code;
    }
    window = (window << 1) | (i - start < range ? 1 : 0);
  }
  transpositions = outOfOrder(~free, long, longStart, 0);
  return count;
}

/** 33 to 64 units: the range is 15 to 31. */
function partnersInTwo(
  short: Uint16Array,
  start: number,
  end: number,
  range: number,
  long: Uint16Array,
  longStart: number,
): number {
  let free0 = -1;
  let free1 = -1;
  let count = 0;
  let inLow = 0;
  let window0 = range === 31 ? -1 : (1 << (range + 1)) - 1;
  let window1 = 0;
  for (let i = start; i < end; i++) {
    const code = short[i]!;
    let hits = LOW[code]! & free0 & window0;
    if (hits !== 0) {
      free0 ^= hits & -hits;
      found[count++] = code;
      inLow++;
    } else {
      hits = HIGH[code]! & free1 & window1;
      if (hits !== 0) {
        free1 ^= hits & -hits;
        found[count++] = code;
      }
    }
    window1 = (window1 << 1) | (window0 >>> 31);
    window0 = (window0 << 1) | (i - start < range ? 1 : 0);
  }
  transpositions = outOfOrder(~free0, long, longStart, 0) + outOfOrder(~free1, long, longStart + 32, inLow);
  return count;
}

/** How many of the flagged units of long, in order, differ from `found` from `at` on. */
function outOfOrder(flags: number, long: Uint16Array, base: number, at: number): number {
  let wrong = 0;
  for (let bits = flags, k = at; bits !== 0; bits &= bits - 1, k++) {
    if (long[base + 31 - Math.clz32(bits & -bits)] !== found[k]) wrong++;
  }
  return wrong;
}

/** Bits from..to (inclusive) of a word; a bound outside 0..31 is cut to it. Empty when to < from. */
function span(from: number, to: number): number {
  if (to < 0 || from > 31 || to < from) return 0;
  const upper = to >= 31 ? -1 : (1 << (to + 1)) - 1;
  return from <= 0 ? upper : upper & (-1 << from);
}

/**
 * Longer than 64 units: every distinct code of the long string has a row of words in `rows`; the search of a window is
 * then a few words instead of up to `range * 2` units.
 */
const rowOf = new Int32Array(65536);
let rows = new Int32Array(4096);
let free = new Int32Array(64);

function partnersInWords(
  long: Uint16Array,
  longStart: number,
  longEnd: number,
  short: Uint16Array,
  shortStart: number,
  shortEnd: number,
  range: number,
): number {
  const m = longEnd - longStart;
  const words = (m + 31) >> 5;
  if (free.length < words) free = new Int32Array(words * 2);
  free.fill(-1, 0, words);
  let distinct = 0;
  for (let i = 0; i < m; i++) {
    const code = long[longStart + i]!;
    let row = rowOf[code]!;
    if (row === 0) {
      row = ++distinct;
      rowOf[code] = row;
      if ((row + 1) * words > rows.length) {
        const wider = new Int32Array((row + 1) * words * 2);
        wider.set(rows);
        rows = wider;
      }
      rows.fill(0, row * words, (row + 1) * words);
    }
    rows[row * words + (i >> 5)]! |= 1 << (i & 31);
  }
  let count = 0;
  for (let i = shortStart; i < shortEnd; i++) {
    const code = short[i]!;
    const row = rowOf[code]!;
    if (row === 0) continue;
    const from = Math.max(i - shortStart - range, 0);
    const to = Math.min(i - shortStart + range, m - 1);
    for (let word = from >> 5; word <= to >> 5; word++) {
      const hits = rows[row * words + word]! & free[word]! & span(from - word * 32, to - word * 32);
      if (hits === 0) continue;
      free[word]! ^= hits & -hits;
      found[count++] = code;
      break;
    }
  }
  for (let i = longStart; i < longEnd; i++) rowOf[long[i]!] = 0;
  transpositions = 0;
  for (let word = 0, k = 0; word < words; word++) {
    const flags = ~free[word]!;
    transpositions += outOfOrder(flags, long, longStart + word * 32, k);
    for (let bits = flags; bits !== 0; bits &= bits - 1) k++;
  }
  return count;
}
