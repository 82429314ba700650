import type { LinearData } from '../model/index.js';

/**
 * Logistic regression by Newton's method with an L2 penalty, on few features.
 * @param rows examples × features, row after row
 */
export function trainLogistic(
  rows: Float64Array,
  width: number,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  penalty = 1,
): LinearData {
  const size = width + 1;
  const beta = new Float64Array(size);
  for (let step = 0; step < 30; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, (_, i) => {
      const row = new Float64Array(size);
      row[i] = i === 0 ? 1e-9 : penalty;
      return row;
    });
    for (let f = 1; f < size; f++) gradient[f] = penalty * (beta[f] as number);
    const x = new Float64Array(size);
    for (let i = 0; i < labels.length; i++) {
      x[0] = 1;
      for (let f = 0; f < width; f++) x[f + 1] = rows[i * width + f] as number;
      let sum = 0;
      for (let f = 0; f < size; f++) sum += (x[f] as number) * (beta[f] as number);
      const p = 1 / (1 + Math.exp(-sum));
      const w = weights[i] as number;
      for (let f = 0; f < size; f++) {
        gradient[f] = (gradient[f] as number) + w * (p - (labels[i] as number)) * (x[f] as number);
        const row = hessian[f] as Float64Array;
        for (let g = 0; g < size; g++)
          row[g] = (row[g] as number) + w * p * (1 - p) * (x[f] as number) * (x[g] as number);
      }
    }
    const move = solve(hessian, gradient);
    let largest = 0;
    for (let f = 0; f < size; f++) {
      beta[f] = (beta[f] as number) - (move[f] as number);
      largest = Math.max(largest, Math.abs(move[f] as number));
    }
    if (largest < 1e-9) break;
  }
  return { bias: beta[0] as number, weights: [...beta.subarray(1)] };
}

/** Solves a small system by elimination with pivots. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i] as number]);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++)
      if (Math.abs((a[r] as number[])[c] as number) > Math.abs((a[pivot] as number[])[c] as number)) pivot = r;
    [a[c], a[pivot]] = [a[pivot] as number[], a[c] as number[]];
    const top = a[c] as number[];
    const lead = top[c] as number;
    if (Math.abs(lead) < 1e-12) continue;
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const row = a[r] as number[];
      const factor = (row[c] as number) / lead;
      for (let k = c; k <= n; k++) row[k] = (row[k] as number) - factor * (top[k] as number);
    }
  }
  return Float64Array.from(a, (row, i) => {
    const lead = row[i] as number;
    return Math.abs(lead) < 1e-12 ? 0 : (row[n] as number) / lead;
  });
}
