import {
  appliedOffset,
  applyBatch,
  currentSnapshot,
  DEDUP_CONSUMER,
  expandAndScore,
  modelId,
  refreshSnapshot,
  type ScoreContext,
  type ScoreResult,
  SnapshotMoved,
  type StoredSnapshot,
  scoreDirty,
} from '../dedup/store/index.js';
import { AssayError } from '../errors.js';
import type { LogBatch } from '../platform/log/port.js';
import { type RunContext, TOPICS, thresholdsOf, uniqueSources } from './context.js';
import { parking } from './parking.js';

/** Applies what is new in the canonical topic to the store; follows it where the run does. */
export async function applyCanonical(run: RunContext): Promise<void> {
  const { platform, counters, config, signal, follow } = run;
  // Keys of another model would have to be made again for all that is applied now.
  if ((await currentSnapshot(platform.database)) !== undefined) await ensureSnapshot(run);
  let done = 0;
  await platform.log.consume(
    {
      topic: TOPICS.canonical,
      group: DEDUP_CONSUMER,
      from: (partition) => appliedOffset(platform.database, TOPICS.canonical, partition),
      maxMessages: config.assay.matching.batch,
      untilEnd: follow !== true,
      signal,
    },
    parking(
      async (batch) => {
        await applyOne(run, batch);
        done += batch.messages.length;
        run.progress('apply', done);
      },
      { step: 'dedup', counters, signal },
    ),
  );
}

/** Applies one batch under the snapshot in force; before the first one, keys wait for it. */
async function applyOne(run: RunContext, batch: LogBatch): Promise<void> {
  const { platform, counters, model, runId } = run;
  await underSnapshot(run, (snapshot) =>
    applyBatch(batch, { database: platform.database, counters, model, snapshot, runId }),
  );
}

/**
 * The snapshot in force. The first one is taken once the first records are there; another model needs one of its own. Apart
 * from that it stays until `assay models refresh`. Of several processes that ask at once, one takes it.
 */
export async function ensureSnapshot({ platform, model, logger }: RunContext): Promise<StoredSnapshot> {
  const stored = await currentSnapshot(platform.database);
  if (stored !== undefined && stored.model === modelId(model)) return stored;
  if (stored !== undefined)
    logger.info({ from: stored.model, to: modelId(model) }, 'another model: everything is scored again');
  return refreshSnapshot(platform.database, model, stored ?? null);
}

/** Rescores every record whose candidates may have changed. */
export async function scoreRecords(run: RunContext, snapshot?: StoredSnapshot): Promise<ScoreResult> {
  return underSnapshot(run, async (stored) =>
    scoreDirty(scoreContext(run, stored ?? snapshot ?? (await ensureSnapshot(run)))),
  );
}

/**
 * Marks whoever is concerned by the keys published, rescores some marked records, and returns how many; 0: none is left, or
 * other workers are at them.
 */
export async function scorePortion(run: RunContext): Promise<number> {
  const records = await underSnapshot(run, async (stored) =>
    stored === undefined ? 0 : (await expandAndScore(scoreContext(run, stored))).records,
  );
  if (records > 0) run.counters.add('dedup', '', 'rescored', records);
  return records;
}

/**
 * Runs the work with the snapshot in force, again whenever another one came meanwhile.
 *
 * @throws AssayError MODEL_INVALID when it is for another model: a process with that one has taken over the store
 */
async function underSnapshot<T>(run: RunContext, work: (stored: StoredSnapshot | undefined) => Promise<T>): Promise<T> {
  for (;;) {
    run.signal.throwIfAborted();
    const stored = await currentSnapshot(run.platform.database);
    if (stored !== undefined && stored.model !== modelId(run.model))
      throw new AssayError(
        'MODEL_INVALID',
        `The store is matched with ${stored.model} now, this process has ${modelId(run.model)}: start it again with the same model.`,
      );
    try {
      return await work(stored);
    } catch (error) {
      if (!(error instanceof SnapshotMoved)) throw error;
    }
  }
}

function scoreContext(run: RunContext, stored: StoredSnapshot): ScoreContext {
  return {
    database: run.platform.database,
    counters: run.counters,
    model: run.model,
    snapshot: stored.snapshot,
    snapshotId: stored.id,
    uniqueSources: uniqueSources(run.config),
    thresholds: thresholdsOf(run),
    batch: Math.min(run.config.assay.matching.batch, 500),
    progress: (done, total) => run.progress('score', done, total),
    signal: run.signal,
  };
}
