import { Type } from '@sinclair/typebox';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: `500ms`, `30s`, `5m`, `24h`, `7d` in a file, milliseconds in code. */
export const durationSchema = (options: { default: string; description: string }) =>
  Type.Unsafe<number>(
    Type.String({
      pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)$',
      expects: 'a length of time like 30s, 5m, 24h or 7d',
      duration: true,
      ...options,
    }),
  );

/** Milliseconds of a duration that `durationSchema` accepts. */
export function durationMs(text: string): number {
  const [, amount, unit] = /^([\d.]+)(ms|s|m|h|d)$/.exec(text) ?? [];
  if (amount === undefined) throw new RangeError(`not a length of time: ${text}`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
