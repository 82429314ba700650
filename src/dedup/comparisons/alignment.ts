import { CODE, NUMBER, WORD } from '../encode/index.js';
import { jaroWinkler } from '../kernels/index.js';
import type { Weighted } from '../weighted.js';

/** Words of one side that the other lacks, each with the credit of its best partner there (0: left over, towards 1: nearly there). */
export interface Side {
  words: Int32Array;
  credit: Float64Array;
  count: number;
  /** Weight of all words of the side, and of those found alike or exactly. */
  total: number;
  found: number;
}

function newSide(): Side {
  return { words: new Int32Array(512), credit: new Float64Array(512), count: 0, total: 0, found: 0 };
}

const PREFIX_CREDIT = 0.9;
const INSIDE_CREDIT = 0.9;
const JARO_WINKLER = 0.9;
const SHORTEST_INSIDE = 4;

/** Similarity of two different words: one begins with the other, or a slip of the pen. */
function wordCredit(a: string, b: string): number {
  if (a.charCodeAt(0) !== b.charCodeAt(0)) return 0;
  const short = a.length < b.length ? a : b;
  const long = short === a ? b : a;
  if (short.length >= 3 && long.startsWith(short)) return PREFIX_CREDIT;
  if (short.length < 4 || long.length - short.length > 3) return 0;
  const similarity = jaroWinkler(a, b);
  return similarity >= JARO_WINKLER ? similarity : 0;
}

/**
 * Aligns the words of two records: exact first, then each leftover with its best partner. Words with digits must be equal,
 * or stand inside the other's title once separators are gone.
 */
export class Alignment {
  readonly left = newSide();
  readonly right = newSide();
  /** Weight of exactly shared words, squared weight too. */
  shared = 0;
  sharedSquares = 0;
  /** Exactly shared words with digits. */
  sharedDigits = 0;
  #marks = new Int32Array(1024);
  #stamp = 0;

  /** Marks the words of the left record. */
  #markRow(data: Weighted, row: number): void {
    const needed = data.store.words.texts.length;
    if (this.#marks.length < needed) {
      this.#marks = new Int32Array(needed * 2);
      this.#stamp = 0;
    }
    this.#stamp++;
    const { tokens } = data.store;
    const end = tokens.starts[row + 1] as number;
    for (let i = tokens.starts[row] as number; i < end; i++) this.#marks[tokens.data[i] as number] = this.#stamp;
  }

  #collect(data: Weighted, row: number, side: Side): number {
    const { tokens } = data.store;
    const start = tokens.starts[row] as number;
    const end = tokens.starts[row + 1] as number;
    if (end - start > side.words.length) {
      side.words = new Int32Array((end - start) * 2);
      side.credit = new Float64Array((end - start) * 2);
    }
    side.count = 0;
    side.total = 0;
    side.found = 0;
    let squares = 0;
    this.sharedDigits = 0;
    for (let i = start; i < end; i++) {
      const word = tokens.data[i] as number;
      const weight = data.wordWeights[word] as number;
      side.total += weight;
      if (this.#marks[word] === this.#stamp) {
        side.found += weight;
        squares += weight * weight;
        if (data.store.wordKinds.data[word] !== WORD) this.sharedDigits++;
      } else {
        side.words[side.count] = word;
        side.credit[side.count] = 0;
        side.count++;
      }
    }
    return squares;
  }

  #inside(data: Weighted, side: Side, otherRow: number): void {
    const squash = data.store.squashes.at(otherRow);
    for (let i = 0; i < side.count; i++) {
      const word = side.words[i] as number;
      const text = data.store.words.texts[word] as string;
      const kind = data.store.wordKinds.data[word];
      const long = text.length >= SHORTEST_INSIDE || (kind === CODE && text.length >= 3);
      if (kind !== NUMBER && long && squash.includes(text)) side.credit[i] = INSIDE_CREDIT;
    }
  }

  align(data: Weighted, leftRow: number, rightRow: number): void {
    const { left, right } = this;
    this.#markRow(data, leftRow);
    this.sharedSquares = this.#collect(data, rightRow, right);
    this.shared = right.found;
    this.#markRow(data, rightRow);
    this.#collect(data, leftRow, left);
    this.#inside(data, left, rightRow);
    this.#inside(data, right, leftRow);
    const texts = data.store.words.texts;
    const kinds = data.store.wordKinds.data;
    for (let i = 0; i < left.count; i++) {
      const a = left.words[i] as number;
      if (kinds[a] !== WORD) continue;
      for (let j = 0; j < right.count; j++) {
        const b = right.words[j] as number;
        if (kinds[b] !== WORD) continue;
        const credit = wordCredit(texts[a] as string, texts[b] as string);
        if (credit > (left.credit[i] as number)) left.credit[i] = credit;
        if (credit > (right.credit[j] as number)) right.credit[j] = credit;
      }
    }
    for (const side of [left, right])
      for (let i = 0; i < side.count; i++)
        side.found += (side.credit[i] as number) * (data.wordWeights[side.words[i] as number] as number);
  }
}
