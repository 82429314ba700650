import type { Corpus } from './corpus.js';
import { GRAM_DIMENSIONS } from './encode/index.js';

/** Cosine of the weighted 3-gram vectors of two records. Keeps the left record's grams marked while partners change. */
export class Similarity {
  readonly #marks = new Int32Array(GRAM_DIMENSIONS);
  #stamp = 0;
  #left = -1;

  constructor(readonly corpus: Corpus) {}

  of(left: number, right: number): number {
    const { data, norms } = this.corpus;
    const { grams } = data.store;
    if (left !== this.#left) {
      this.#left = left;
      this.#stamp++;
      for (let i = grams.starts[left] as number; i < (grams.starts[left + 1] as number); i++)
        this.#marks[grams.data[i] as number] = this.#stamp;
    }
    let sum = 0;
    const end = grams.starts[right + 1] as number;
    for (let i = grams.starts[right] as number; i < end; i++) {
      const dimension = grams.data[i] as number;
      if (this.#marks[dimension] === this.#stamp) sum += data.gramSquares[dimension] as number;
    }
    const scale = (norms[left] as number) * (norms[right] as number);
    return scale > 0 ? sum / scale : 0;
  }
}
