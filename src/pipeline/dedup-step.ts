import {
  appliedOffset,
  applyBatch,
  currentSnapshot,
  modelId,
  refreshSnapshot,
  type ScoreResult,
  type StoredSnapshot,
  scoreDirty,
} from '../dedup/store/index.js';
import { type RunContext, TOPICS, thresholdsOf, uniqueSources } from './context.js';

/** Applies what is new in the canonical topic to the store. */
export async function applyCanonical(context: RunContext): Promise<void> {
  const { platform, counters, model, runId } = context;
  const stored = await currentSnapshot(platform.database);
  // Keys of another model are published when its snapshot is taken.
  const snapshot = stored?.model === modelId(model) ? stored.snapshot : undefined;
  let done = 0;
  await platform.log.consume(
    {
      topic: TOPICS.canonical,
      from: (partition) => appliedOffset(platform.database, TOPICS.canonical, partition),
      maxMessages: context.config.assay.matching.batch,
      untilEnd: true,
      signal: context.signal,
    },
    async (batch) => {
      await applyBatch(batch, { database: platform.database, counters, model, snapshot, runId });
      done += batch.messages.length;
      context.progress('apply', done);
    },
  );
}

/**
 * The snapshot in force. The first one is taken once the first records are there; another model needs one of its own. Apart
 * from that it stays until `assay models refresh`.
 */
export async function ensureSnapshot({ platform, model, logger }: RunContext): Promise<StoredSnapshot> {
  const stored = await currentSnapshot(platform.database);
  if (stored !== undefined && stored.model === modelId(model)) return stored;
  if (stored !== undefined)
    logger.info({ from: stored.model, to: modelId(model) }, 'another model: everything is scored again');
  return refreshSnapshot(platform.database, model);
}

/** Rescores every record whose candidates may have changed. */
export async function scoreRecords(context: RunContext, snapshot: StoredSnapshot): Promise<ScoreResult> {
  return scoreDirty({
    database: context.platform.database,
    counters: context.counters,
    model: context.model,
    snapshot: snapshot.snapshot,
    uniqueSources: uniqueSources(context.config),
    thresholds: thresholdsOf(context),
    batch: Math.min(context.config.assay.matching.batch, 500),
    progress: (done, total) => context.progress('score', done, total),
    signal: context.signal,
  });
}
