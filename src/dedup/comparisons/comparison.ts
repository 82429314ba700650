import type { Pair } from './pair.js';

/**
 * One comparison of two records. It may produce several features from one look; each is a number, or NaN for "missing" (one
 * side does not say). Swapping the records changes no feature. Nothing absolute (lengths, price levels): what holds for one
 * kind of shop must hold for the next.
 */
export interface Comparison {
  name: string;
  features: readonly string[];
  /** Writes features.length numbers to out[at] … */
  compare(pair: Pair, out: Float64Array, at: number): void;
}
