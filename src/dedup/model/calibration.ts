import type { CalibrationData } from './settings.js';

/** Straight lines between knots; level before the first and after the last. No knots: unchanged. */
export function calibrate(logit: number, { from, to }: CalibrationData): number {
  const n = from.length;
  if (n === 0) return logit;
  if (logit <= (from[0] as number)) return to[0] as number;
  for (let i = 1; i < n; i++) {
    const right = from[i] as number;
    if (logit > right) continue;
    const left = from[i - 1] as number;
    const share = right > left ? (logit - left) / (right - left) : 1;
    return (to[i - 1] as number) + share * ((to[i] as number) - (to[i - 1] as number));
  }
  return to[n - 1] as number;
}
