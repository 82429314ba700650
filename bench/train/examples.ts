import { candidatePairs } from '../../src/dedup/candidates.js';
import { FEATURE_NAMES } from '../../src/dedup/comparisons/index.js';
import { Corpus, type Model } from '../../src/dedup/index.js';
import { Scorer } from '../../src/dedup/score.js';
import { type Examples, seededRandom } from '../../src/dedup/training/index.js';
import type { CanonicalProduct } from '../../src/records.js';
import type { LabelledSet } from '../sets/set.js';

/** One way to look at a set: with less said, so that a model does not lean on what one set happens to have. */
interface View {
  name: string;
  reduce: (product: CanonicalProduct) => CanonicalProduct;
}

const TITLE_ONLY: View = {
  name: 'title',
  reduce: ({ title }) => ({ title, gtins: [], internalCodes: [], images: [], variants: {}, attributes: {} }),
};
const WHOLE: View = { name: 'whole', reduce: (product) => product };
const MOST_PAIRS = 12_000;
/** Pairs two steps apart from list to list, who may not list each other: `score-pairs` is asked about any pair. */
const DISTANT_PAIRS = 4000;

export function viewsOf(set: LabelledSet): View[] {
  const plain = set.records.every(({ product }) => product.brand === undefined && product.price === undefined);
  return plain ? [WHOLE] : [WHOLE, TITLE_ONLY];
}

/** One set under one view, with or without what unique sources tell. */
export interface Part {
  set: string;
  view: string;
  unique: boolean;
  examples: Examples;
  /** Cosine of the embedding vectors of each example. */
  cosines: Float32Array;
  /** Pairs that the exact stage decided, and the matches among them, by what decided. */
  exact: { gtin: [number, number]; code: [number, number] };
}

/** Rows of features of a set's pairs by view, those the exact stage decides left out. */
export function partsOf(set: LabelledSet, model: Model): Part[] {
  const parts: Part[] = [];
  for (const view of viewsOf(set))
    for (const unique of set.unique.size > 0 ? [set.unique, new Set<string>()] : [set.unique]) {
      const rows: Float64Array[] = [];
      const labels: number[] = [];
      const cosines: number[] = [];
      const exact: Part['exact'] = { gtin: [0, 0], code: [0, 0] };
      const corpus = new Corpus(model, null, { uniqueSources: unique });
      for (const { source, id, product } of set.records) corpus.add({ source, id, product: view.reduce(product) });
      corpus.freeze();
      const scorer = new Scorer(corpus, FEATURE_NAMES);
      for (const { left, right, match } of pairsOf(set, scorer)) {
        const [a, b] = scorer.ordered(left, right);
        const decided = scorer.exact(a, b);
        if (decided >= 0) {
          const counts = decided === model.exact.gtin ? exact.gtin : exact.code;
          counts[0]++;
          if (match) counts[1]++;
          continue;
        }
        scorer.features(a, b);
        rows.push(scorer.row.slice());
        labels.push(match ? 1 : 0);
        scorer.second(a, b, 0, second);
        cosines.push(second[1] as number);
      }
      parts.push({
        set: set.name,
        view: view.name,
        unique: unique.size > 0,
        examples: tableOf(rows, labels),
        cosines: Float32Array.from(cosines),
        exact,
      });
    }
  return parts;
}

/** Labelled pairs, or candidate pairs of records whose cluster is known, at most MOST_PAIRS of them. */
function pairsOf(set: LabelledSet, scorer: Scorer): { left: number; right: number; match: boolean }[] {
  if (set.pairs !== undefined) return set.pairs;
  const { clusters } = set;
  if (clusters === undefined) return [];
  const { left, right } = candidatePairs(scorer.lists);
  const random = seededRandom(5);
  const rate = MOST_PAIRS / left.length;
  const pairs: { left: number; right: number; match: boolean }[] = [];
  for (let i = 0; i < left.length; i++) {
    const a = left[i] as number;
    const b = right[i] as number;
    if (random() < rate && clusters[a] !== -1 && clusters[b] !== -1)
      pairs.push({ left: a, right: b, match: clusters[a] === clusters[b] });
  }
  const { lists } = scorer;
  const step = (row: number) => {
    const count = lists.count(row);
    return count === 0 ? row : (lists.entries[lists.start(row) + Math.floor(random() * count)] as number);
  };
  for (let i = 0; i < DISTANT_PAIRS; i++) {
    const a = Math.floor(random() * clusters.length);
    const b = step(step(a));
    if (a !== b && clusters[a] !== -1 && clusters[b] !== -1 && !sameUniqueSource(scorer, a, b))
      pairs.push({ left: a, right: b, match: clusters[a] === clusters[b] });
  }
  return pairs;
}

const second = new Float64Array(2);

function sameUniqueSource({ corpus }: Scorer, a: number, b: number): boolean {
  const source = corpus.sourceOf.data[a] as number;
  return source === corpus.sourceOf.data[b] && corpus.uniqueSource[source] === true;
}

function tableOf(rows: readonly Float64Array[], labels: readonly number[]): Examples {
  const columns = FEATURE_NAMES.map((_, f) => Float32Array.from(rows, (row) => row[f] as number));
  return {
    features: FEATURE_NAMES,
    columns,
    labels: Uint8Array.from(labels),
    weights: new Float64Array(labels.length).fill(1),
  };
}

/** Sets beside each other, each with the same weight in all (or as `shares` has it), spread evenly over its rows. */
export function joined(sets: readonly Examples[], shares: readonly number[] = sets.map(() => 1)): Examples {
  const total = sets.reduce((sum, set) => sum + set.labels.length, 0);
  const columns = FEATURE_NAMES.map(() => new Float32Array(total));
  const labels = new Uint8Array(total);
  const weights = new Float64Array(total);
  let at = 0;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  for (const [s, set] of sets.entries()) {
    for (const [f, column] of columns.entries()) column.set(set.columns[f] as Float32Array, at);
    labels.set(set.labels, at);
    weights.fill(((shares[s] as number) / whole) * (total / set.labels.length), at, at + set.labels.length);
    at += set.labels.length;
  }
  return { features: FEATURE_NAMES, columns, labels, weights };
}
