import { seeded } from '../support/seeded.js';

/**
 * What is killed (SIGKILL): a worker, in whose place others come; the `assay run` under way, which is run again; or a server,
 * which is started again on the same data.
 */
export const FAULT_KINDS = ['worker', 'run', 'kafka', 'postgres', 'redis', 'elasticsearch'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type FaultCounts = Partial<Record<FaultKind, number>>;

export interface Fault {
  kind: FaultKind;
  /** After what went before, in milliseconds. */
  pause: number;
  /** How long a server stays away before it is started again, in milliseconds. */
  away: number;
  /** Which worker, from 0 to 1. */
  lot: number;
  /** How many workers come in the place of one. */
  heirs: number;
}

/** So many faults of each kind in an order by lot, the first half on the first day. The same seed gives the same faults. */
export function faultSchedule(seed: number, counts: FaultCounts, longestPause: number): [Fault[], Fault[]] {
  const random = seeded(seed);
  const kinds = FAULT_KINDS.flatMap((kind) => Array.from({ length: counts[kind] ?? 0 }, () => kind));
  for (let i = kinds.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [kinds[i], kinds[j]] = [kinds[j]!, kinds[i]!];
  }
  const faults = kinds.map((kind): Fault => {
    const lot = random();
    return {
      kind,
      pause: Math.round((0.1 + 0.9 * random()) * longestPause),
      away: Math.round(random() * 1000),
      lot,
      heirs: lot < 0.25 ? 2 : lot > 0.85 ? 0 : 1,
    };
  });
  const half = Math.ceil(faults.length / 2);
  return [faults.slice(0, half), faults.slice(half)];
}
