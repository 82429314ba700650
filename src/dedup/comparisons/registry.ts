import { attributes } from './attributes.js';
import { brand } from './brand.js';
import { category } from './category.js';
import { codes } from './codes.js';
import { colour } from './colour.js';
import type { Comparison } from './comparison.js';
import { competitors } from './competitors.js';
import { detail } from './detail.js';
import { gramCosine } from './gram-cosine.js';
import { gtin } from './gtin.js';
import { leftovers } from './leftovers.js';
import { measures } from './measures.js';
import { numbers } from './numbers.js';
import type { Pair } from './pair.js';
import { price } from './price.js';
import { primaryCode } from './primary-code.js';
import { size } from './size.js';
import { variantWords } from './variant-words.js';
import { words } from './words.js';

/** Every comparison a model may name. Adding one is a file and a line here; models name features, so order is free. */
export const COMPARISONS: readonly Comparison[] = [
  gramCosine,
  words,
  leftovers,
  primaryCode,
  codes,
  price,
  brand,
  colour,
  measures,
  size,
  numbers,
  variantWords,
  gtin,
  competitors,
  detail,
  category,
  attributes,
];

export const FEATURE_NAMES: readonly string[] = COMPARISONS.flatMap((comparison) => comparison.features);
/** Features that read the candidate lists; training also shows every pair without them. */
export const CONTEXT_FEATURES: ReadonlySet<string> = new Set(['gap_min', 'gap_max', 'better']);

/** The comparisons a list of features needs, and where each feature comes to stand. */
export class FeaturePlan {
  readonly #comparisons: Comparison[] = [];
  readonly #from: Int32Array;
  readonly #all: Float64Array;

  constructor(features: readonly string[]) {
    const places = new Map<string, number>();
    for (const comparison of COMPARISONS) {
      if (!comparison.features.some((feature) => features.includes(feature))) continue;
      this.#comparisons.push(comparison);
      for (const feature of comparison.features) places.set(feature, places.size);
    }
    this.#from = Int32Array.from(features, (feature) => places.get(feature) as number);
    this.#all = new Float64Array(places.size);
  }

  /** Writes the features, in the order asked for, to `row`. */
  compute(pair: Pair, row: Float64Array): void {
    let at = 0;
    for (const comparison of this.#comparisons) {
      comparison.compare(pair, this.#all, at);
      at += comparison.features.length;
    }
    for (let i = 0; i < this.#from.length; i++) row[i] = this.#all[this.#from[i] as number] as number;
  }
}
