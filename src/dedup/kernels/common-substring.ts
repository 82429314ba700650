import { LEFT, RIGHT } from './codes.js';
import { clearMasks, LOW, setMasks } from './masks.js';

/** Length of the longest run of UTF-16 units that two strings share. */
export function longestCommonSubstring(a: string, b: string): number {
  const m = LEFT.load(a);
  const n = RIGHT.load(b);
  return longestCommonSubstringCodes(LEFT.codes, 0, m, RIGHT.codes, 0, n);
}

/** Length of the longest run that a[aStart..aEnd) and b[bStart..bEnd) share. */
export function longestCommonSubstringCodes(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
): number {
  const m = aEnd - aStart;
  const n = bEnd - bStart;
  if (m === 0 || n === 0) return 0;
  if (m > n) return longestCommonSubstringCodes(b, bStart, bEnd, a, aStart, aEnd);
  return m <= 32 ? inOneWord(a, aStart, aEnd, b, bStart, bEnd) : inRows(a, aStart, aEnd, b, bStart, bEnd);
}

let runs = new Int32Array(256);

/**
 * Bit i of runs[j] says that a run of the current length ends at pattern[i] and text[j]; every round lengthens all runs
 * by one, so the cost is text length x (answer + 1), not x pattern length.
 */
function inOneWord(
  pattern: Uint16Array,
  pStart: number,
  pEnd: number,
  text: Uint16Array,
  tStart: number,
  tEnd: number,
): number {
  const n = tEnd - tStart;
  if (n > runs.length) runs = new Int32Array(n * 2);
  setMasks(pattern, pStart, pEnd);
  let any = 0;
  for (let j = 0; j < n; j++) any |= runs[j] = LOW[text[tStart + j]!]!;
  let length = 0;
  while (any !== 0) {
    length++;
    any = 0;
    let before = 0;
    for (let j = 0; j < n; j++) {
      const now = runs[j]!;
      any |= runs[j] = LOW[text[tStart + j]!]! & (before << 1);
      before = now;
    }
  }
  clearMasks(pattern, pStart, pEnd);
  return length;
}

function inRows(a: Uint16Array, aStart: number, aEnd: number, b: Uint16Array, bStart: number, bEnd: number): number {
  const m = aEnd - aStart;
  if (m >= runs.length) runs = new Int32Array(m * 2);
  runs.fill(0, 0, m + 1);
  let best = 0;
  for (let j = bStart; j < bEnd; j++) {
    const code = b[j]!;
    let diagonal = 0;
    for (let i = 1; i <= m; i++) {
      const above = runs[i]!;
      const run = a[aStart + i - 1] === code ? diagonal + 1 : 0;
      runs[i] = run;
      if (run > best) best = run;
      diagonal = above;
    }
  }
  return best;
}
