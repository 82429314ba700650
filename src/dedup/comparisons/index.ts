/** Comparisons: named similarities of two records. */
export type { Comparison } from './comparison.js';
export { Pair, type PairContext } from './pair.js';
export { COMPARISONS, CONTEXT_FEATURES, FEATURE_NAMES, FeaturePlan } from './registry.js';
