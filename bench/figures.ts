/** The value below which this share of sorted times lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** p50, p95, p99 and the most, right-aligned. */
export function spread(times: readonly number[], digits = 1): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share).toFixed(digits).padStart(9)).join('');
}

export const SPREAD_HEAD = ['p50', 'p95', 'p99', 'max'].map((head) => head.padStart(9)).join('');

/** The number after `--name` on the command line. */
export function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name}: a number is expected`);
  return value;
}

export const grouped = (n: number): string => Math.round(n).toLocaleString('en');
