import type { ForestData } from '../model/index.js';
import { type Binned, binColumn, MAX_BINS } from './bins.js';
import { type Examples, seededRandom } from './examples.js';

export interface BoostingSettings {
  trees: number;
  leaves: number;
  learningRate: number;
  /** Least weight of examples in a leaf. */
  leafWeight: number;
  /** L2 penalty on leaf values. */
  penalty: number;
  /** Share of rows and of features that each tree sees. */
  rows: number;
  features: number;
  seed: number;
}

interface Split {
  gain: number;
  feature: number;
  /** Bins 1 … bin go left. */
  bin: number;
  missingLeft: boolean;
}

interface Leaf {
  start: number;
  end: number;
  gradient: number;
  hessian: number;
  histogram: Float64Array;
  split: Split;
  /** Node of the forest this leaf is. */
  node: number;
}

/**
 * Gradient boosting of regression trees on the logistic loss (Friedman 2001), with histograms and leaf-wise growth (as LightGBM,
 * Ke et al. 2017); missing values go where they gain most. The same examples and settings give the same trees.
 */
export class Booster {
  readonly #binned: Binned[];
  readonly #n: number;
  readonly #gradient: Float64Array;
  readonly #hessian: Float64Array;
  readonly #rows: Int32Array;
  readonly #scratch: Int32Array;
  readonly #forest: ForestData;
  readonly #random: () => number;
  #active: number[] = [];

  constructor(
    readonly examples: Examples,
    readonly settings: BoostingSettings,
  ) {
    this.#n = examples.labels.length;
    this.#binned = examples.columns.map(binColumn);
    this.#gradient = new Float64Array(this.#n);
    this.#hessian = new Float64Array(this.#n);
    this.#rows = new Int32Array(this.#n);
    this.#scratch = new Int32Array(this.#n);
    this.#random = seededRandom(settings.seed);
    this.#forest = { bias: 0, roots: [], feature: [], value: [], left: [], right: [], missingLeft: [] };
  }

  train(): ForestData {
    const { labels, weights } = this.examples;
    let positive = 0;
    let total = 0;
    for (let i = 0; i < this.#n; i++) {
      total += weights[i] as number;
      if (labels[i] === 1) positive += weights[i] as number;
    }
    this.#forest.bias = Math.log((positive + 1e-9) / (total - positive + 1e-9));
    const logits = new Float64Array(this.#n).fill(this.#forest.bias);
    for (let t = 0; t < this.settings.trees; t++) {
      for (let i = 0; i < this.#n; i++) {
        const p = 1 / (1 + Math.exp(-(logits[i] as number)));
        const w = weights[i] as number;
        this.#gradient[i] = w * (p - (labels[i] as number));
        this.#hessian[i] = w * Math.max(p * (1 - p), 1e-6);
      }
      const root = this.#grow();
      for (let i = 0; i < this.#n; i++) logits[i] = (logits[i] as number) + this.#answer(root, i);
    }
    return this.#forest;
  }

  /** Value of the tree for a training row, walking bins. */
  #answer(root: number, row: number): number {
    const forest = this.#forest;
    let node = root;
    for (;;) {
      const feature = forest.feature[node] as number;
      if (feature < 0) return forest.value[node] as number;
      const { bins, bounds } = this.#binned[feature] as Binned;
      const bin = bins[row] as number;
      const goLeft =
        bin === 0
          ? forest.missingLeft[node] === 1
          : bin <= bounds.length && (bounds[bin - 1] as number) <= (forest.value[node] as number);
      node = (goLeft ? forest.left[node] : forest.right[node]) as number;
    }
  }

  #grow(): number {
    const { leaves, features } = this.settings;
    let used = 0;
    for (let i = 0; i < this.#n; i++) if (this.#random() < this.settings.rows) this.#rows[used++] = i;
    const count = this.examples.features.length;
    this.#active = [];
    for (let f = 0; f < count; f++) if (this.#random() < features) this.#active.push(f);
    const root = this.#node();
    const open = [this.#leaf(0, used, root, this.#histogram(0, used))];
    for (let made = 1; made < leaves; made++) {
      let best = 0;
      for (let i = 1; i < open.length; i++)
        if ((open[i] as Leaf).split.gain > (open[best] as Leaf).split.gain) best = i;
      const leaf = open[best] as Leaf;
      if (leaf.split.gain <= 1e-6) break;
      const [left, right] = this.#divide(leaf);
      open.splice(best, 1, left, right);
    }
    for (const leaf of open)
      this.#forest.value[leaf.node] =
        (-this.settings.learningRate * leaf.gradient) / (leaf.hessian + this.settings.penalty);
    this.#forest.roots.push(root);
    return root;
  }

  #node(): number {
    const forest = this.#forest;
    forest.feature.push(-1);
    forest.value.push(0);
    forest.left.push(0);
    forest.right.push(0);
    forest.missingLeft.push(0);
    return forest.feature.length - 1;
  }

  /** Sums of gradients, hessians and weights by feature and bin over rows [start, end). */
  #histogram(start: number, end: number): Float64Array {
    const out = new Float64Array(this.examples.features.length * MAX_BINS * 3);
    const { weights } = this.examples;
    for (const feature of this.#active) {
      const { bins } = this.#binned[feature] as Binned;
      const base = feature * MAX_BINS * 3;
      for (let i = start; i < end; i++) {
        const row = this.#rows[i] as number;
        const at = base + (bins[row] as number) * 3;
        out[at] = (out[at] as number) + (this.#gradient[row] as number);
        out[at + 1] = (out[at + 1] as number) + (this.#hessian[row] as number);
        out[at + 2] = (out[at + 2] as number) + (weights[row] as number);
      }
    }
    return out;
  }

  #leaf(start: number, end: number, node: number, histogram: Float64Array): Leaf {
    let gradient = 0;
    let hessian = 0;
    let weight = 0;
    const feature = this.#active[0];
    if (feature !== undefined)
      for (let bin = 0; bin < MAX_BINS; bin++) {
        const at = (feature * MAX_BINS + bin) * 3;
        gradient += histogram[at] as number;
        hessian += histogram[at + 1] as number;
        weight += histogram[at + 2] as number;
      }
    return { start, end, node, histogram, gradient, hessian, split: this.#split(histogram, gradient, hessian, weight) };
  }

  #split(histogram: Float64Array, gradient: number, hessian: number, weight: number): Split {
    const { penalty, leafWeight } = this.settings;
    const best: Split = { gain: 0, feature: -1, bin: 0, missingLeft: false };
    const own = gradient ** 2 / (hessian + penalty);
    const consider = (g: number, h: number, w: number, feature: number, bin: number, missingLeft: boolean) => {
      if (w < leafWeight || weight - w < leafWeight) return;
      const gain = g ** 2 / (h + penalty) + (gradient - g) ** 2 / (hessian - h + penalty) - own;
      if (gain <= best.gain) return;
      best.gain = gain;
      best.feature = feature;
      best.bin = bin;
      best.missingLeft = missingLeft;
    };
    for (const feature of this.#active) {
      const base = feature * MAX_BINS * 3;
      const missingG = histogram[base] as number;
      const missingH = histogram[base + 1] as number;
      const missingW = histogram[base + 2] as number;
      let g = 0;
      let h = 0;
      let w = 0;
      const last = (this.#binned[feature] as Binned).bounds.length;
      for (let bin = 1; bin <= last; bin++) {
        const at = base + bin * 3;
        g += histogram[at] as number;
        h += histogram[at + 1] as number;
        w += histogram[at + 2] as number;
        consider(g, h, w, feature, bin, false);
        if (missingW > 0) consider(g + missingG, h + missingH, w + missingW, feature, bin, true);
      }
      // All known values left, the missing ones right.
      if (missingW > 0) {
        const at = base + (last + 1) * 3;
        consider(
          g + (histogram[at] as number),
          h + (histogram[at + 1] as number),
          w + (histogram[at + 2] as number),
          feature,
          last + 1,
          false,
        );
      }
    }
    return best;
  }

  #divide(leaf: Leaf): [Leaf, Leaf] {
    const { feature, bin, missingLeft } = leaf.split;
    const { bins, bounds } = this.#binned[feature] as Binned;
    let left = leaf.start;
    let spare = 0;
    for (let i = leaf.start; i < leaf.end; i++) {
      const row = this.#rows[i] as number;
      const b = bins[row] as number;
      if (b === 0 ? missingLeft : b <= bin) this.#rows[left++] = row;
      else this.#scratch[spare++] = row;
    }
    for (let i = 0; i < spare; i++) this.#rows[left + i] = this.#scratch[i] as number;
    const forest = this.#forest;
    forest.feature[leaf.node] = feature;
    // Beyond the last bound everything known goes left; 1e30 stands for it, since JSON has no infinity.
    forest.value[leaf.node] = bin <= bounds.length ? (bounds[bin - 1] as number) : 1e30;
    forest.missingLeft[leaf.node] = missingLeft ? 1 : 0;
    const leftNode = this.#node();
    const rightNode = this.#node();
    forest.left[leaf.node] = leftNode;
    forest.right[leaf.node] = rightNode;
    const leftSmaller = left - leaf.start < leaf.end - left;
    const small = leftSmaller ? this.#histogram(leaf.start, left) : this.#histogram(left, leaf.end);
    const large = leaf.histogram;
    for (let i = 0; i < large.length; i++) large[i] = (large[i] as number) - (small[i] as number);
    return [
      this.#leaf(leaf.start, left, leftNode, leftSmaller ? small : large),
      this.#leaf(left, leaf.end, rightNode, leftSmaller ? large : small),
    ];
  }
}

/** Trains a forest. */
export function trainForest(examples: Examples, settings: BoostingSettings): ForestData {
  return new Booster(examples, settings).train();
}
