import type { Weighted } from '../weighted.js';

/** Each 3-gram dimension is spread over this many coordinates, with signs: unrelated grams cancel out. */
const SPREAD = 4;

/**
 * Vector of a stored record: signed sums of the weights of its 3-grams and codes (feature hashing, Weinberger et al. 2009),
 * length 1. Written to `out`, whose length is the number of dimensions; all zero for a record without words.
 */
export function embedRow(data: Weighted, row: number, seed: number, out: Float32Array): void {
  out.fill(0);
  const mask = out.length;
  for (const dimension of data.store.gramsOf(row)) {
    const weight = data.gramSquares[dimension] as number;
    let bits = Math.imul(dimension ^ seed, 0x9e3779b1);
    bits ^= bits >>> 15;
    for (let s = 0; s < SPREAD; s++) {
      bits = Math.imul(bits, 0x85ebca6b) + 0x3c6ef372;
      bits ^= bits >>> 13;
      const at = ((bits >>> 1) & 0xffff) % mask;
      out[at] = (out[at] as number) + ((bits & 1) === 0 ? weight : -weight);
    }
  }
  let squares = 0;
  for (let i = 0; i < mask; i++) squares += (out[i] as number) ** 2;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < mask; i++) out[i] = (out[i] as number) * scale;
}

/** Cosine of two unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
