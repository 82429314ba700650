/** The value below which this share of sorted times lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** p50, p95, p99 and the most, each in a column of nine. */
export function spread(times: readonly number[], digits = 1): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share).toFixed(digits).padStart(9)).join('');
}

/** The head of `spread`. */
export const SPREAD = ['p50', 'p95', 'p99', 'max'].map((head) => head.padStart(9)).join('');
