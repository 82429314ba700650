import { Corpus, clusterCorpus, clusterNode, clusterRules, type Model, scoreCorpus } from '../../src/dedup/index.js';
import { stopwatch } from '../measure/figures.js';
import type { LabelledSet } from '../sets/set.js';
import { type Figures, figures } from './figures.js';

export interface ClusterFigures {
  /** Cluster number of each record. */
  cluster: Int32Array;
  candidates: number;
  /** CPU seconds of encoding, blocking, scoring and clustering. */
  seconds: number;
}

/** Records to clusters, as `assay dedupe` does it. */
export function clusterSet(set: LabelledSet, model: Model): ClusterFigures {
  const watch = stopwatch();
  const corpus = new Corpus(model, null, { uniqueSources: new Set() });
  for (const record of set.records) corpus.add(record);
  const pairs = scoreCorpus(corpus);
  const rules = {
    ...clusterRules(model, { uniqueSources: new Set() }),
    reviewThreshold: model.thresholds.review,
  };
  const node = (i: number) => clusterNode(set.records[i] as LabelledSet['records'][number]);
  const { cluster } = clusterCorpus(set.records.length, pairs, node, rules);
  return { cluster, candidates: pairs.report.pairs, seconds: watch().cpu };
}

/** Labelled pairs against clusters. */
export function pairsInClusters(set: LabelledSet, cluster: Int32Array): Figures {
  let found = 0;
  let right = 0;
  let all = 0;
  for (const pair of set.pairs ?? []) {
    if (pair.match) all++;
    if (cluster[pair.left] !== cluster[pair.right]) continue;
    found++;
    if (pair.match) right++;
  }
  return figures(found, right, all);
}

/** Clusters against true clusters: pairwise, and B-cubed F1 (Bagga and Baldwin 1998). */
export function clustersAgainst(truth: Int32Array, cluster: Int32Array): Figures & { bcubed: number } {
  const n = truth.length;
  const count = (of: (i: number) => string) => {
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) counts.set(of(i), (counts.get(of(i)) ?? 0) + 1);
    return counts;
  };
  const pairsOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, c) => sum + (c * (c - 1)) / 2, 0);
  const predicted = count((i) => String(cluster[i]));
  const actual = count((i) => String(truth[i]));
  const both = count((i) => `${cluster[i]}/${truth[i]}`);
  let precision = 0;
  let recall = 0;
  for (const [key, c] of both) {
    const [p, t] = key.split('/') as [string, string];
    precision += (c * c) / (predicted.get(p) as number) / n;
    recall += (c * c) / (actual.get(t) as number) / n;
  }
  return {
    ...figures(pairsOf(predicted), pairsOf(both), pairsOf(actual)),
    bcubed: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
  };
}
