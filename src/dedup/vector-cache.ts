import type { Corpus } from './corpus.js';
import { embedRow } from './embedding/index.js';

/** A vector takes 2 µs to make, so a few are enough: neighbours in the order of pairs ask for the same ones. */
const KEPT = 4096;

/** Vectors of a corpus' records; all are thrown away when there is no more room. */
export class VectorCache {
  readonly #vectors = new Map<number, Float32Array>();

  constructor(readonly corpus: Corpus) {}

  of(row: number): Float32Array {
    const known = this.#vectors.get(row);
    if (known !== undefined) return known;
    const { dimensions, seed } = this.corpus.model.embedding;
    const vector = new Float32Array(dimensions);
    embedRow(this.corpus.data, row, seed, vector);
    if (this.#vectors.size === KEPT) this.#vectors.clear();
    this.#vectors.set(row, vector);
    return vector;
  }
}
