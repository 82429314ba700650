import type { ForestData } from './settings.js';

/** Boosted trees in flat arrays. Missing values are NaN and go the way each node learnt. */
export class Forest {
  readonly #roots: Int32Array;
  readonly #feature: Int16Array;
  readonly #value: Float64Array;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #missing: Int32Array;
  readonly #bias: number;

  constructor(data: ForestData) {
    this.#bias = data.bias;
    this.#roots = Int32Array.from(data.roots);
    this.#feature = Int16Array.from(data.feature);
    this.#value = Float64Array.from(data.value);
    this.#left = Int32Array.from(data.left);
    this.#right = Int32Array.from(data.right);
    this.#missing = Int32Array.from(data.missingLeft, (left, node) =>
      left === 1 ? (data.left[node] as number) : (data.right[node] as number),
    );
  }

  /** Log-odds of one row of features. */
  logit(row: Float64Array): number {
    let sum = this.#bias;
    const feature = this.#feature;
    const value = this.#value;
    for (let t = 0; t < this.#roots.length; t++) {
      let node = this.#roots[t] as number;
      for (;;) {
        const f = feature[node] as number;
        if (f < 0) break;
        const x = row[f] as number;
        const limit = value[node] as number;
        node = (x <= limit ? this.#left[node] : x > limit ? this.#right[node] : this.#missing[node]) as number;
      }
      sum += value[node] as number;
    }
    return sum;
  }
}

/** Probability of log-odds. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Log-odds of a probability, held within ±12. */
export function logitOf(probability: number): number {
  const p = Math.min(1 - 6e-6, Math.max(6e-6, probability));
  return Math.log(p / (1 - p));
}
