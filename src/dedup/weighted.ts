import { type EncodedStore, GRAM_DIMENSIONS } from './encode/index.js';
import { codeHash, detailHash, type Snapshot, weightOf, wordHash } from './snapshot/index.js';

/** A store seen through a snapshot: how many records hold each word, code and 3-gram, and what that makes it weigh. */
export class Weighted {
  readonly wordCounts: Uint32Array;
  readonly wordWeights: Float64Array;
  /** Hash of each word, for ties that must not depend on arrival. */
  readonly wordHashes: Uint32Array;
  /** Weight of each word as a word of descriptions. */
  readonly detailWeights: Float64Array;
  readonly codeCounts: Uint32Array;
  readonly codeWeights: Float64Array;
  /** Squared weights by dimension. */
  readonly gramSquares: Float64Array;

  constructor(
    readonly store: EncodedStore,
    readonly snapshot: Snapshot,
  ) {
    const words = store.words.texts;
    this.wordCounts = new Uint32Array(words.length);
    this.wordWeights = new Float64Array(words.length);
    this.wordHashes = new Uint32Array(words.length);
    const described = store.detail.values.length > 0;
    this.detailWeights = new Float64Array(described ? words.length : 0);
    for (let id = 0; id < words.length; id++) {
      const hash = wordHash(words[id] as string);
      const count = snapshot.words.get(hash);
      this.wordHashes[id] = hash;
      this.wordCounts[id] = count;
      this.wordWeights[id] = weightOf(count, snapshot.records);
      if (described)
        this.detailWeights[id] = weightOf(snapshot.words.get(detailHash(words[id] as string)), snapshot.records);
    }
    const codes = store.codes.texts;
    this.codeCounts = new Uint32Array(codes.length);
    this.codeWeights = new Float64Array(codes.length);
    for (let id = 0; id < codes.length; id++) {
      const count = snapshot.codes.get(codeHash(codes[id] as string));
      this.codeCounts[id] = count;
      this.codeWeights[id] = weightOf(count, snapshot.records);
    }
    this.gramSquares = squaresOf(snapshot);
  }
}

const squares = new WeakMap<Snapshot, Float64Array>();

/** Computed once a snapshot: streaming looks at many small corpora through the same one. */
function squaresOf(snapshot: Snapshot): Float64Array {
  let all = squares.get(snapshot);
  if (all === undefined) {
    all = new Float64Array(GRAM_DIMENSIONS);
    for (let dimension = 0; dimension < GRAM_DIMENSIONS; dimension++) {
      const count = snapshot.grams[dimension] as number;
      all[dimension] = count < 2 ? 1 : weightOf(count, snapshot.records) ** 2;
    }
    squares.set(snapshot, all);
  }
  return all;
}
