/** What survivorship rules see and answer. */
export interface Candidate<T = unknown> {
  source: string;
  sourceId: string;
  /** The source's priority for this attribute: greater wins. */
  priority: number;
  /** Milliseconds since 1970 by the source's own clock; 0 when it gives none. */
  timestamp: number;
  /** How many attributes the whole record fills. */
  completeness: number;
  value: T;
  /** Canonical JSON of the value: equal text, equal value. */
  text: string;
}

export interface Survivor {
  value: unknown;
  /** The candidates that hold the value, or that were combined into it. */
  from: readonly Candidate[];
}

/**
 * Picks one value among the records' values. `candidates` is not empty and is in tie order: source priority (greater
 * first), then source, then source id; so "the first that is best" is a deterministic answer.
 */
export interface SurvivorshipRule {
  name: string;
  summary: string;
  pick(candidates: readonly Candidate[]): Survivor;
}

/** The first candidate for which no other is greater, with everyone who agrees. */
export function best(candidates: readonly Candidate[], score: (candidate: Candidate) => number): Survivor {
  let winner = candidates[0]!;
  let top = score(winner);
  for (const candidate of candidates) {
    const value = score(candidate);
    if (value > top) {
      winner = candidate;
      top = value;
    }
  }
  return agreeing(candidates, winner);
}

export function agreeing(candidates: readonly Candidate[], winner: Candidate): Survivor {
  return { value: winner.value, from: candidates.filter((candidate) => candidate.text === winner.text) };
}

/** The number a value is ordered by: itself, a price's amount, a measure's value; NaN when it has none. */
export function magnitude(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  if (typeof value === 'object' && value !== null) {
    if ('amount' in value) return Number(value.amount);
    if ('value' in value) return Number(value.value);
  }
  return Number.NaN;
}

/** The first candidate with the smallest (sign -1) or greatest (sign 1) magnitude; without numbers, the first. */
export function extreme(candidates: readonly Candidate[], sign: 1 | -1): Survivor {
  return best(candidates, (candidate) => {
    const size = magnitude(candidate.value);
    return Number.isNaN(size) ? Number.NEGATIVE_INFINITY : sign * size;
  });
}
