/** Labelled pairs as a table: what models learn from. */
export interface Examples {
  features: readonly string[];
  /** One column a feature, NaN for missing. */
  columns: Float32Array[];
  /** 1 for a match. */
  labels: Uint8Array;
  weights: Float64Array;
}

/** Numbers in [0, 1) from a seed: the same in every run (xorshift32, Marsaglia 2003). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
