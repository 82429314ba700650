import { clusterRules, embed } from '../dedup/index.js';
import type { StoredSnapshot } from '../dedup/store/index.js';
import type { GoldenValues } from '../golden.js';
import { type AttributeRule, drainComponents, type MergeSettings, type ResolveResult } from '../master/index.js';
import { type PipelineContext, type RunContext, thresholdsOf, uniqueSources } from './context.js';

/** Records resolved in one transaction. */
const BATCH = 2000;

/** Turns what changed among edges and records into golden records. */
export function resolveComponents(context: RunContext, { snapshot }: StoredSnapshot): Promise<ResolveResult> {
  return drainComponents({
    database: context.platform.database,
    runId: context.runId,
    rules: clusterRules(context.model, {
      uniqueSources: uniqueSources(context.config),
      matchThreshold: thresholdsOf(context).match,
    }),
    merge: mergeSettings(context),
    embed: (values: GoldenValues) => embed({ ...values, internalCodes: [] }, snapshot),
    batch: BATCH,
    progress: (done, total) => context.progress('golden records', done, total),
  });
}

export function mergeSettings({ config }: Pick<PipelineContext, 'config'>): MergeSettings {
  const priorities = new Map(config.sources.map((source) => [source.name, source.priority]));
  const { default: fallback, attributes } = config.assay.golden;
  const asRule = (rule: string | AttributeRule): AttributeRule => (typeof rule === 'string' ? { rule } : rule);
  return {
    default: asRule(fallback),
    attributes: Object.fromEntries(Object.entries(attributes).map(([path, rule]) => [path, asRule(rule)])),
    priority: (source) => priorities.get(source) ?? 0,
  };
}
