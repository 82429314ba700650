import { type Quality, quality } from './clusters.js';

export interface ScoreQuality {
  pairs: number;
  positives: number;
  /** By the answer that was given with the probability. */
  asMatched: Quality;
  /** At the threshold that is best for these labels: an upper bound, not a forecast. */
  best: Quality & { threshold: number };
  /** Area under precision over recall, by steps; pairs with equal probability count as one step. */
  averagePrecision: number;
}

export interface LabelledScore {
  probability: number;
  matched: boolean;
  positive: boolean;
}

/** Compares probabilities and answers with labels. */
export function scoreQuality(scores: readonly LabelledScore[]): ScoreQuality {
  const positives = scores.filter(({ positive }) => positive).length;
  const matched = scores.filter((score) => score.matched);
  const sorted = [...scores].sort((x, y) => y.probability - x.probability);
  let best = { ...quality(0, 0, positives), threshold: Number.POSITIVE_INFINITY };
  let correct = 0;
  let averagePrecision = 0;
  for (let at = 0; at < sorted.length; ) {
    const threshold = sorted[at]!.probability;
    const before = correct;
    while (at < sorted.length && sorted[at]!.probability === threshold) if (sorted[at++]!.positive) correct++;
    const here = quality(correct, at, positives);
    averagePrecision += positives === 0 ? 0 : ((correct - before) / positives) * here.precision;
    if (here.f1 > best.f1 || best.threshold === Number.POSITIVE_INFINITY) best = { ...here, threshold };
  }
  return {
    pairs: scores.length,
    positives,
    asMatched: quality(matched.filter(({ positive }) => positive).length, matched.length, positives),
    best,
    averagePrecision,
  };
}
