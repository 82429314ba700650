import { hash32 } from '../../hash.js';
import { type EncodedStore, GRAM_DIMENSIONS, type RaggedColumn } from '../encode/index.js';
import type { Frequencies } from './frequencies.js';
import { HashCounts } from './hash-counts.js';

/**
 * What a corpus was like when it was looked at: how many records hold each word, code and 3-gram. Weights and keys are read
 * from it, so scores do not drift while records come and go; it is exact only when taken, and need not be.
 */
export interface Snapshot {
  records: number;
  words: Frequencies;
  codes: Frequencies;
  /** Records by dimension of the hashed 3-grams. */
  grams: Uint32Array;
}

const wordSeed = 11;
const codeSeed = 12;
const detailSeed = 13;

export function wordHash(text: string): number {
  return hash32(text, wordSeed);
}

/** A word of a description; counted apart from words of titles. */
export function detailHash(text: string): number {
  return hash32(text, detailSeed);
}

export function codeHash(text: string): number {
  return hash32(text, codeSeed);
}

/** Counts stores one after the other; what was counted can go. Sums are the same in any order of records. */
export class SnapshotCounts {
  #records = 0;
  readonly #words = new HashCounts();
  readonly #codes = new HashCounts();
  readonly #grams = new Uint32Array(GRAM_DIMENSIONS);

  add(store: EncodedStore): void {
    const { size, words, codes } = store;
    this.#records += size;
    countRows(this.#words, [store.tokens], size, words.texts, wordSeed);
    countRows(this.#words, [store.detail], size, words.texts, detailSeed);
    countRows(this.#codes, [store.recordCodes, store.detailCodes], size, codes.texts, codeSeed);
    for (let row = 0; row < size; row++)
      for (const dimension of store.gramsOf(row)) this.#grams[dimension] = (this.#grams[dimension] as number) + 1;
  }

  take(): Snapshot {
    return {
      records: this.#records,
      words: this.#words.frequencies(),
      codes: this.#codes.frequencies(),
      grams: this.#grams.slice(),
    };
  }
}

/** Records by the texts in these columns. */
function countRows(
  out: HashCounts,
  columns: readonly RaggedColumn[],
  rows: number,
  texts: readonly string[],
  seed: number,
): void {
  const counts = new Uint32Array(texts.length);
  const last = new Int32Array(texts.length).fill(-1);
  for (const column of columns)
    for (let row = 0; row < rows; row++) {
      const end = column.starts[row + 1] as number;
      for (let i = column.starts[row] as number; i < end; i++) {
        const id = column.data[i] as number;
        if (last[id] === row) continue;
        last[id] = row;
        counts[id] = (counts[id] as number) + 1;
      }
    }
  for (let id = 0; id < texts.length; id++)
    if ((counts[id] as number) > 0) out.add(hash32(texts[id] as string, seed), counts[id] as number);
}

export function snapshotOf(store: EncodedStore): Snapshot {
  const counts = new SnapshotCounts();
  counts.add(store);
  return counts.take();
}

const QUANTUM = 1024;

/**
 * Weight of something that `count` of `records` hold: 1 for what occurs once, towards 0 for what all have. Relative to the
 * corpus size, so that a model trained on small corpora serves large ones. A multiple of 1/1024: sums of weights are exact and
 * do not depend on the order of adding.
 */
export function weightOf(count: number, records: number): number {
  const most = Math.log(1 + records);
  if (most <= 0) return 1;
  const weight = Math.log((1 + records) / Math.max(1, count)) / most;
  return Math.max(1, Math.round(weight * QUANTUM)) / QUANTUM;
}
