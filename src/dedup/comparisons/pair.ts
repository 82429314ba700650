import type { Weighted } from '../weighted.js';
import { Alignment } from './alignment.js';

/** Where a pair stands among the candidates of its two records; NaN where that says nothing. */
export interface PairContext {
  /** Code-weighted 3-gram cosine of the pair. */
  similarity: number;
  /** Similarity minus that of the best other candidate from the other's source, where that source lists a product once. */
  leftGap: number;
  rightGap: number;
  /** Candidates that are better than this one, on either side. */
  better: number;
}

/** Two records of one corpus under comparison; `left` comes first by record key. Reused from pair to pair. */
export class Pair {
  left = 0;
  right = 0;
  readonly alignment = new Alignment();
  readonly context: PairContext = {
    similarity: 0,
    leftGap: Number.NaN,
    rightGap: Number.NaN,
    better: Number.NaN,
  };

  constructor(readonly data: Weighted) {}

  /** Turns to another pair; the context is filled by the caller. */
  set(left: number, right: number): void {
    this.left = left;
    this.right = right;
    this.alignment.align(this.data, left, right);
  }
}
