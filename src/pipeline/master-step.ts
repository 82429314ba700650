import { clusterRules, embed } from '../dedup/index.js';
import { currentSnapshot, type StoredSnapshot } from '../dedup/store/index.js';
import type { GoldenValues } from '../golden.js';
import {
  type AttributeRule,
  type DrainContext,
  drainComponents,
  drainPortion as drainSome,
  type MergeSettings,
  nothingResolved,
  type ResolveResult,
} from '../master/index.js';
import { type PipelineContext, type RunContext, thresholdsOf, uniqueSources } from './context.js';

/** Records resolved in one transaction. */
const BATCH = 2000;
/** Of a portion beside other workers, who may wait for its records. */
const PORTION = 500;

/** Turns what changed among edges and records into golden records. */
export function resolveComponents(run: RunContext, snapshot: StoredSnapshot): Promise<ResolveResult> {
  return drainComponents({ ...drainContext(run, snapshot), batch: BATCH });
}

/**
 * Resolves some marked components, and tells of how many marks and what it came to; 0 marks: none is left, or other workers
 * are at them.
 */
export async function drainPortion(run: RunContext): Promise<{ marks: number; result: ResolveResult }> {
  const snapshot = await currentSnapshot(run.platform.database);
  if (snapshot === undefined) return { marks: 0, result: nothingResolved() };
  const { marks, result } = await drainSome({ ...drainContext(run, snapshot), batch: PORTION });
  const { refused, ...counts } = result;
  for (const [outcome, count] of Object.entries(counts)) if (count > 0) run.counters.add('master', '', outcome, count);
  return { marks, result };
}

function drainContext(run: RunContext, { snapshot }: StoredSnapshot): Omit<DrainContext, 'batch'> {
  return {
    database: run.platform.database,
    runId: run.runId,
    rules: clusterRules(run.model, {
      uniqueSources: uniqueSources(run.config),
      matchThreshold: thresholdsOf(run).match,
    }),
    merge: mergeSettings(run),
    embed: (values: GoldenValues) => embed({ ...values, internalCodes: [] }, snapshot),
    progress: (done, total) => run.progress('golden records', done, total),
    signal: run.signal,
  };
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
