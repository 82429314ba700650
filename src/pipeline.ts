/**
 * The way of a record, from its source to the search index. Each step runs to the end before the next one begins, reads
 * where it stopped the last time, and repeats nothing it has finished: a run that was killed is taken up by the next one
 * and ends in the same store.
 */
import { ensureNeighbourIndex } from './master/index.js';
import { Counters, observeProcessing, processResources, type Resources, resourcesSince } from './observe/index.js';
import { compactLog } from './pipeline/compact-step.js';
import { type PipelineContext, type RunContext, TOPICS } from './pipeline/context.js';
import { storeNewDeadLetters } from './pipeline/dead-letter-step.js';
import { applyCanonical, ensureSnapshot, scoreRecords } from './pipeline/dedup-step.js';
import { harmonizeRaw } from './pipeline/harmonize-step.js';
import { indexGolden } from './pipeline/index-step.js';
import { resolveComponents } from './pipeline/master-step.js';
import { Notices } from './pipeline/notices.js';
import { outlive } from './pipeline/outlive.js';
import { pullSources } from './pipeline/pull-step.js';
import { relayOutbox } from './pipeline/relay.js';
import { beginRun, countStore, endRun, type RunSummary } from './pipeline/run-record.js';
import { holdRun } from './pipeline/run-right.js';
import { createTopics } from './pipeline/topics.js';

export type { PipelineContext } from './pipeline/context.js';
export type { RunSummary } from './pipeline/run-record.js';

export interface RunOptions {
  /** What started it, for the run's row. */
  kind: string;
  /** Sources to pull; all when absent, none when empty. */
  sources?: readonly string[];
}

/**
 * Pulls sources and reconciles everything that is new.
 *
 * A source that cannot be read does not stop the others, and a step that a server goes away in is begun again: both are told
 * in the summary's notices.
 */
export async function runPipeline(context: PipelineContext, options: RunOptions): Promise<RunSummary> {
  const run: RunContext = {
    ...context,
    counters: new Counters(context.counters),
    runId: await beginRun(context.platform.database, options.kind),
    notices: new Notices(),
  };
  const over = new AbortController();
  const held = holdRun(run, over.signal);
  try {
    return await runSteps(run, options);
  } finally {
    over.abort();
    await held;
  }
}

async function runSteps(run: RunContext, options: RunOptions): Promise<RunSummary> {
  const started = performance.now();
  const before = processResources();
  const seconds: Record<string, number> = {};
  const steps: Record<string, Resources> = {};
  const resources = () => ({ ...resourcesSince(before), steps });
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const before = processResources();
    run.signal.throwIfAborted();
    try {
      return await outlive(run, step, work);
    } finally {
      seconds[step] = (performance.now() - started) / 1000;
      steps[step] = resourcesSince(before);
    }
  };
  try {
    await outlive(run, 'topics', () => createTopics(run.platform.log, run.config));
    const incomplete = await timed('ingest', () => pullSources(run, options.sources));
    await timed('harmonize', () => harmonizeRaw(run));
    await timed('dead letters', () => storeNewDeadLetters(run));
    await timed('apply', () => applyCanonical(run));
    const snapshot = await timed('snapshot', () => ensureSnapshot(run));
    const scored = await timed('score', () => scoreRecords(run, snapshot));
    const resolved = await timed('golden', () => resolveComponents(run, snapshot));
    await timed('neighbours', () => ensureNeighbourIndex(run.platform.database));
    await timed('relay', () => relayOutbox(run));
    await timed('index', () => indexGolden(run));
    const compacted = await timed('compact', () => compactLog(run));
    const { refused, ...counts } = resolved;
    const summary: RunSummary = {
      ...(await outlive(run, 'counts', () => countStore(run.platform.database))),
      ...counts,
      refusedEdges: refused,
      candidates: scored.candidates ?? null,
      driver: scored.driver,
      rescored: scored.records,
      notices: run.notices.list(),
      incomplete,
      seconds,
      resources: resources(),
      ...(compacted === null ? {} : { compacted }),
    };
    await outlive(run, 'end', () => endRun(run, 'done', summary));
    observeRun(run, (performance.now() - started) / 1000);
    return summary;
  } catch (error) {
    await endRun(run, 'failed', { error: String(error), seconds, resources: resources() }).catch(() => undefined);
    throw error;
  }
}

/** A record's processing time is its share of the run that processed it. */
function observeRun({ config, counters }: RunContext, seconds: number): void {
  const applied = config.sources.map(({ name }) => ({ name, records: counters.get('dedup', name, 'applied') }));
  const total = applied.reduce((sum, { records }) => sum + records, 0);
  for (const { name, records } of applied)
    if (records > 0) observeProcessing(name, (seconds * records) / total, records);
}

export { TOPICS };
