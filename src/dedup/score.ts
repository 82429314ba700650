import { CandidateLists } from './candidate-lists.js';
import { type CandidateReport, candidatePairs } from './candidates.js';
import { FeaturePlan, Pair } from './comparisons/index.js';
import type { Corpus } from './corpus.js';
import { cosine } from './embedding/index.js';
import { exactProbability } from './exact.js';
import { calibrate, Forest, sigmoid } from './model/index.js';
import { Similarity } from './similarity.js';
import { VectorCache } from './vector-cache.js';

/** What can decide a pair; a pair's `stage` is a place in this list. */
export const STAGES = ['exact', 'fuzzy', 'embedding'] as const;
const EXACT = 0;
const FUZZY = 1;
const EMBEDDING = 2;

/** Scored candidate pairs, column by column. */
export interface ScoredPairs {
  count: number;
  /** Record numbers; left comes first by record key. */
  left: Int32Array;
  right: Int32Array;
  probability: Float32Array;
  /** Place in STAGES. */
  stage: Uint8Array;
  report: CandidateReport;
  /** What others must share with a record to concern its candidate list, in 1/256; of every record in `only`. */
  bars: Int32Array;
}

export interface ScoreOptions {
  /** Only pairs with an end here; default all. */
  only?: (index: number) => boolean;
  /** Called now and then with pairs done and pairs in all. */
  progress?: (done: number, total: number) => void;
}

/** Scores pairs of one corpus: the same function for bulk, for one pair, and for training. */
export class Scorer {
  readonly lists: CandidateLists;
  readonly pair: Pair;
  readonly row: Float64Array;
  stage = FUZZY;
  readonly #similarity: Similarity;
  readonly #plan: FeaturePlan;
  readonly #forest: Forest;
  readonly #vectors: VectorCache;

  constructor(
    readonly corpus: Corpus,
    features: readonly string[] = corpus.model.features,
  ) {
    corpus.freeze();
    this.lists = new CandidateLists(corpus);
    this.pair = new Pair(corpus.data);
    this.row = new Float64Array(features.length);
    this.#similarity = new Similarity(corpus);
    this.#plan = new FeaturePlan(features);
    this.#forest = new Forest(corpus.model.forest);
    this.#vectors = new VectorCache(corpus);
  }

  /** Best similarity of `row` with a candidate of the source of `other`, except `other`; counts those above `limit`. */
  #compete(row: number, other: number, limit: number): { best: number; better: number } {
    const { lists } = this;
    const source = this.corpus.sourceOf.data;
    const start = lists.start(row);
    const end = start + lists.count(row);
    competition.best = 0;
    competition.better = 0;
    for (let i = start; i < end; i++) {
      const entry = lists.entries[i] as number;
      const similarity = lists.similarities[i] as number;
      if (entry === other || source[entry] !== source[other]) continue;
      if (similarity > competition.best) competition.best = similarity;
      if (similarity > limit) competition.better++;
    }
    return competition;
  }

  /** Computes the features of a pair into `row`. `left` must come first by record key. */
  features(left: number, right: number): void {
    const { pair, corpus } = this;
    const { context } = pair;
    const source = corpus.sourceOf.data;
    const similarity = this.#similarity.of(left, right);
    context.similarity = similarity;
    const leftUnique = corpus.uniqueSource[source[left] as number] === true;
    const rightUnique = corpus.uniqueSource[source[right] as number] === true;
    const fromLeft = this.#compete(left, right, similarity);
    context.leftGap = rightUnique ? similarity - fromLeft.best : Number.NaN;
    let better = rightUnique ? fromLeft.better : 0;
    const fromRight = this.#compete(right, left, similarity);
    context.rightGap = leftUnique ? similarity - fromRight.best : Number.NaN;
    if (leftUnique) better += fromRight.better;
    context.better = leftUnique || rightUnique ? better : Number.NaN;
    pair.set(left, right);
    this.#plan.compute(pair, this.row);
  }

  /** What the exact stage says of a pair, -1 when it does not decide. */
  exact(left: number, right: number): number {
    return exactProbability(this.corpus, left, right);
  }

  /** Features of the second model: the fuzzy log-odds, the cosine of the vectors. */
  second(left: number, right: number, logit: number, out: Float64Array): void {
    out[0] = logit;
    out[1] = cosine(this.#vectors.of(left), this.#vectors.of(right));
  }

  /** Probability of a pair; `stage` tells what decided. `left` must come first by record key. */
  probability(left: number, right: number): number {
    const { model } = this.corpus;
    const exact = this.exact(left, right);
    if (exact >= 0) {
      this.stage = EXACT;
      return exact;
    }
    this.stage = FUZZY;
    this.features(left, right);
    let logit = calibrate(this.#forest.logit(this.row), model.calibration);
    const { context } = this.pair;
    if (model.margin.weight > 0) {
      const gap = Number.isNaN(context.leftGap)
        ? context.rightGap
        : Number.isNaN(context.rightGap)
          ? context.leftGap
          : Math.min(context.leftGap, context.rightGap);
      if (!Number.isNaN(gap))
        logit += Math.min(model.margin.high, Math.max(model.margin.low, gap * model.margin.weight));
    }
    const fuzzy = sigmoid(logit);
    const { band, second } = model.embedding;
    if (fuzzy < band[0] || fuzzy > band[1]) return fuzzy;
    this.stage = EMBEDDING;
    this.second(left, right, logit, secondRow);
    let sum = second.bias;
    for (let i = 0; i < second.weights.length; i++) sum += (second.weights[i] as number) * (secondRow[i] as number);
    return sigmoid(sum);
  }

  /** Left and right by record key. */
  ordered(i: number, j: number): [number, number] {
    const { ranks } = this.corpus;
    return (ranks[i] as number) <= (ranks[j] as number) ? [i, j] : [j, i];
  }
}

const competition = { best: 0, better: 0 };
const secondRow = new Float64Array(8);
const TICK = 16384;

/** Scores every candidate pair of the corpus, or those with an end in `only`; pairs below the model's floor are left out. */
export function scoreCorpus(corpus: Corpus, options: ScoreOptions = {}): ScoredPairs {
  const scorer = new Scorer(corpus);
  const pairs = candidatePairs(scorer.lists, options.only);
  const total = pairs.left.length;
  const probability = new Float32Array(total);
  const stage = new Uint8Array(total);
  const { floor } = corpus.model.thresholds;
  let count = 0;
  for (let i = 0; i < total; i++) {
    if (i % TICK === 0) options.progress?.(i, total);
    const p = Math.fround(scorer.probability(pairs.left[i] as number, pairs.right[i] as number));
    if (p < floor) continue;
    pairs.left[count] = pairs.left[i] as number;
    pairs.right[count] = pairs.right[i] as number;
    probability[count] = p;
    stage[count] = scorer.stage;
    count++;
  }
  options.progress?.(total, total);
  return {
    count,
    left: pairs.left.slice(0, count),
    right: pairs.right.slice(0, count),
    probability: probability.slice(0, count),
    stage: stage.slice(0, count),
    report: pairs.report,
    bars: scorer.lists.bars,
  };
}

export interface PairScore {
  probability: number;
  stage: number;
  /** By name; null is "missing". Also given where the exact stage decided. */
  features: Record<string, number | null>;
}

const scorers = new WeakMap<Corpus, Scorer>();

/** Scores one pair, candidate or not, in any order of the two. Equal to what `scoreCorpus` gives the pair. */
export function scorePair(corpus: Corpus, i: number, j: number): PairScore {
  let scorer = scorers.get(corpus);
  if (scorer === undefined) {
    scorer = new Scorer(corpus);
    scorers.set(corpus, scorer);
  }
  const [left, right] = scorer.ordered(i, j);
  const probability = Math.fround(scorer.probability(left, right));
  const { stage } = scorer;
  if (stage === EXACT) scorer.features(left, right);
  const features: Record<string, number | null> = {};
  for (const [at, name] of corpus.model.features.entries()) {
    const value = scorer.row[at] as number;
    features[name] = Number.isNaN(value) ? null : value;
  }
  return { probability, stage, features };
}
