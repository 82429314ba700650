/** From scored pairs to products. Pure: no store, no clock. */
export { clusterComponent } from './cluster.js';
export { type CorpusClustering, clusterCorpus, type PairColumns } from './corpus.js';
export { clusterNode } from './node.js';
export { type ClusterModel, clusterRules } from './rules.js';
export {
  CLUSTER_DEFAULTS,
  type ClusterEdge,
  type Clustering,
  type ClusterNode,
  type ClusterRules,
  type ClusterSettings,
  type RefusalReason,
} from './types.js';
export { components, UnionFind } from './union-find.js';
