import { AssayError } from '../../errors.js';
import { CLUSTER_DEFAULTS, type ClusterRules, type ClusterSettings } from './types.js';

/** The parts of a model that clustering reads. */
export interface ClusterModel {
  thresholds: { match: number };
  blocking: { candidates: number };
  cluster: Readonly<Record<string, number>>;
}

/**
 * The model's clustering settings, with defaults for what it leaves open, and what the configuration decides.
 * @param given a `matchThreshold` stands over the model's
 * @throws AssayError MODEL_INVALID for a setting that does not exist
 */
export function clusterRules(
  model: ClusterModel,
  given: { uniqueSources: ReadonlySet<string>; matchThreshold?: number },
): ClusterRules {
  const settings: ClusterSettings = { ...CLUSTER_DEFAULTS, listed: model.blocking.candidates / 2 };
  for (const [name, value] of Object.entries(model.cluster)) {
    if (!(name in CLUSTER_DEFAULTS))
      throw new AssayError('MODEL_INVALID', `The model cannot be used: there is no cluster setting "${name}".`);
    settings[name as keyof ClusterSettings] = value;
  }
  if (settings.unscored > 0)
    throw new AssayError('MODEL_INVALID', 'The model cannot be used: cluster.unscored is above 0.');
  return {
    ...settings,
    uniqueSources: given.uniqueSources,
    matchThreshold: given.matchThreshold ?? model.thresholds.match,
  };
}
