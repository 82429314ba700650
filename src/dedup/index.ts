/** Matching: candidate pairs, their probabilities, and clusters. Pure; the drivers in `store` and the commands do the reading and writing. */
export type { CandidateReport } from './candidates.js';
export {
  CLUSTER_DEFAULTS,
  type ClusterEdge,
  type Clustering,
  type ClusterNode,
  type ClusterRules,
  type CorpusClustering,
  clusterComponent,
  clusterCorpus,
  clusterNode,
  clusterRules,
  components,
  type RefusalReason,
} from './cluster/index.js';
export { FEATURE_NAMES } from './comparisons/index.js';
export { Corpus, type CorpusOptions } from './corpus.js';
export { embed, STORED_DIMENSIONS } from './embedding/index.js';
export {
  blockingFingerprint,
  blockingKeys,
  blockingKeysOfAll,
  SnapshotTaker,
  takeSnapshot,
  weighedKeysOfAll,
} from './keys.js';
export type { MatchRecord } from './match-record.js';
export type { Model } from './model/index.js';
export { parseModel } from './models.js';
export {
  type PairScore,
  type ScoredPairs,
  type ScoreOptions,
  STAGES,
  scoreCorpus,
  scorePair,
} from './score.js';
export { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshot/index.js';
