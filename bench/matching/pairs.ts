import { candidatePairs } from '../../src/dedup/candidates.js';
import { Corpus, type Model } from '../../src/dedup/index.js';
import { Scorer } from '../../src/dedup/score.js';
import type { LabelledSet } from '../sets/set.js';
import { type Figures, figures } from './figures.js';

export interface PairFigures extends Figures {
  /** The best F1 that any threshold would give: how much the threshold costs. */
  best: { f1: number; threshold: number };
  /** Share of the labelled matches that blocking finds, and how many candidate pairs there are. */
  blocking: { recall: number; pairs: number };
}

/** Scores labelled pairs (named as in the set) with a model. */
export function measurePairs(set: LabelledSet, model: Model, options: { unique?: boolean } = {}): PairFigures {
  const corpus = new Corpus(model, null, { uniqueSources: options.unique === false ? new Set() : set.unique });
  for (const record of set.records) corpus.add(record);
  const scorer = new Scorer(corpus);
  const scored = (set.pairs ?? []).map(({ left, right, match }) => {
    const [a, b] = scorer.ordered(left, right);
    return {
      probability: scorer.probability(a, b),
      match,
      candidate: scorer.lists.find(a, b) >= 0 || scorer.lists.find(b, a) >= 0,
    };
  });
  const positives = scored.filter((pair) => pair.match);
  const above = scored.filter((pair) => pair.probability >= model.thresholds.match);
  const sorted = [...scored].sort((x, y) => y.probability - x.probability);
  const best = { f1: 0, threshold: 1 };
  let right = 0;
  for (const [i, pair] of sorted.entries()) {
    if (pair.match) right++;
    const { f1 } = figures(i + 1, right, positives.length);
    if (f1 > best.f1) Object.assign(best, { f1, threshold: pair.probability });
  }
  return {
    ...figures(above.length, above.filter((pair) => pair.match).length, positives.length),
    best,
    blocking: {
      recall: positives.filter((pair) => pair.candidate).length / Math.max(1, positives.length),
      pairs: candidatePairs(scorer.lists).left.length,
    },
  };
}
