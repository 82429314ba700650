import type { CandidateReport } from '../candidates.js';
import { type CorpusClustering, clusterCorpus, clusterRules } from '../cluster/index.js';
import type { Model } from '../model/index.js';
import { type ScoredPairs, scoreCorpus } from '../score.js';
import type { TableCorpus } from './load.js';

export interface Resolution extends CorpusClustering {
  pairs: ScoredPairs;
  candidates: CandidateReport;
}

/** Scores every candidate pair of the tables and clusters them. */
export function resolveCorpus(
  loaded: TableCorpus,
  model: Model,
  options: { uniqueSources: ReadonlySet<string>; progress?: (done: number, total: number) => void },
): Resolution {
  const { corpus } = loaded;
  const pairs = scoreCorpus(corpus, options.progress === undefined ? {} : { progress: options.progress });
  const rules = clusterRules(model, { uniqueSources: options.uniqueSources });
  const clustering = clusterCorpus(corpus.size, pairs, loaded.nodeOf, {
    ...rules,
    reviewThreshold: model.thresholds.review,
  });
  return { ...clustering, pairs, candidates: pairs.report };
}
