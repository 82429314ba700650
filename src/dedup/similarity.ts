import type { Corpus } from './corpus.js';
import { GRAM_DIMENSIONS, type RaggedColumn } from './encode/index.js';

/** Cosine of the weighted 3-gram vectors of two records. Keeps the left record's grams marked while partners change. */
export class Similarity {
  /** Left records that have a dimension, and partners that were found to share it: each by a stamp of its own. */
  readonly #marks = new Int32Array(GRAM_DIMENSIONS);
  readonly #shared = new Int32Array(GRAM_DIMENSIONS);
  #stamp = 0;
  #partner = 0;
  #left = -1;

  constructor(readonly corpus: Corpus) {}

  of(left: number, right: number): number {
    const { data, norms } = this.corpus;
    const { store } = data;
    if (left !== this.#left) {
      this.#left = left;
      this.#stamp++;
      this.#mark(store.tokens, store.wordGrams, left);
      this.#mark(store.recordCodes, store.codeGrams, left);
    }
    this.#partner = (this.#partner + 1) | 0;
    const sum =
      this.#sum(store.tokens, store.wordGrams, right, data.gramSquares) +
      this.#sum(store.recordCodes, store.codeGrams, right, data.gramSquares);
    const scale = (norms[left] as number) * (norms[right] as number);
    return scale > 0 ? sum / scale : 0;
  }

  #mark(column: RaggedColumn, grams: RaggedColumn, row: number): void {
    const last = column.starts[row + 1] as number;
    for (let at = column.starts[row] as number; at < last; at++) {
      const text = column.data[at] as number;
      const end = grams.starts[text + 1] as number;
      for (let i = grams.starts[text] as number; i < end; i++) this.#marks[grams.data[i] as number] = this.#stamp;
    }
  }

  /** Squares are multiples of 2^-20, so their sums are exact in any order. */
  #sum(column: RaggedColumn, grams: RaggedColumn, row: number, squares: Float64Array): number {
    const [marks, shared, stamp, partner] = [this.#marks, this.#shared, this.#stamp, this.#partner];
    const last = column.starts[row + 1] as number;
    let sum = 0;
    for (let at = column.starts[row] as number; at < last; at++) {
      const text = column.data[at] as number;
      const end = grams.starts[text + 1] as number;
      for (let i = grams.starts[text] as number; i < end; i++) {
        const dimension = grams.data[i] as number;
        if (marks[dimension] !== stamp || shared[dimension] === partner) continue;
        shared[dimension] = partner;
        sum += squares[dimension] as number;
      }
    }
    return sum;
  }
}
