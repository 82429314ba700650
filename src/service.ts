/** A running service: the API from the start, the first reconciliation, then every source on its schedule. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { currentSnapshot, resolveListing } from './dedup/store/index.js';
import { AssayError } from './errors.js';
import { scheduleSources } from './ingest/index.js';
import { type PipelineContext, thresholdsOf, uniqueSources } from './pipeline/context.js';
import { announceContracts } from './pipeline/contracts-step.js';
import { platformFigures } from './pipeline/figures.js';
import { followGolden, goldenEnds } from './pipeline/index-step.js';
import { isBehind } from './pipeline/pending.js';
import { databaseAway, platformReadiness } from './pipeline/readiness.js';
import { type RunSummary, runPipeline } from './pipeline.js';
import { openDatabaseRegistry } from './platform/registry/index.js';
import { buildApp } from './serve/index.js';

export interface Service {
  /** Where it listens, for example `http://127.0.0.1:3000`. */
  address: string;
  /** The first reconciliation; rejects when it fails. */
  ready: Promise<RunSummary | null>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  host: string;
  port: number;
  /** Run everything once before being ready; otherwise what is in the store is served. */
  reconcileFirst: boolean;
  /** Pull sources on their schedules. */
  schedule: boolean;
  /** Reconcile what comes in; otherwise workers in other processes do, and this one only answers. */
  work: boolean;
  version: string;
}

export async function startService(context: PipelineContext, options: ServiceOptions): Promise<Service> {
  const { platform, config } = context;
  const state: { ready: boolean; reason?: string } = { ready: false, reason: 'the first reconciliation is under way' };
  const app = await buildApp({
    database: platform.database,
    search: platform.search,
    cache: platform.cache,
    counters: context.counters,
    logger: context.logger,
    resolve: async (product) => {
      const snapshot = await currentSnapshot(platform.database);
      if (snapshot === undefined) throw new AssayError('NOT_READY', 'No corpus snapshot has been taken yet.');
      return resolveListing(platform.database, product, {
        model: context.model,
        snapshot: snapshot.snapshot,
        uniqueSources: uniqueSources(config),
        matchThreshold: thresholdsOf(context).match,
      });
    },
    ready: () => (state.ready ? platformReadiness(platform) : state),
    databaseAway: () => databaseAway(platform),
    platform: platformFigures(platform),
    ...(config.assay.platform.schemaRegistryUrl === undefined
      ? { registry: openDatabaseRegistry(platform.database) }
      : {}),
    version: options.version,
  });
  const follows = !options.work && !platform.servers.cache;
  // Before the first answer: what changes after it was cached is told.
  const place = follows ? await goldenEnds(platform).catch(() => new Map<number, number>()) : undefined;
  const address = await app.listen({ host: options.host, port: options.port });

  const runs = new RunQueue((kind, sources) =>
    runPipeline(context, sources === undefined ? { kind } : { kind, sources }),
  );
  const watch = new Watch(context, async () => {
    if (!runs.busy) await runs.run('catch-up', []);
  });
  // A run that begins now registers them itself.
  const announced = options.reconcileFirst ? Promise.resolve() : announceContracts(context);
  const following = place === undefined ? Promise.resolve() : follow(context, place);
  const ready = (async () => {
    const summary = options.reconcileFirst ? await runs.run('start') : null;
    state.ready = true;
    delete state.reason;
    if (options.work) watch.start();
    if (options.schedule)
      await scheduleSources(platform.schedule, config.sources, async (source) => {
        await runs.run('schedule', [source]);
      });
    return summary;
  })();
  ready.catch((error: unknown) => {
    state.reason = 'the first reconciliation failed';
    context.logger.error({ err: error }, 'the first reconciliation failed');
  });
  return { address, ready, close: () => closeAll(app, runs, watch, Promise.all([announced, following]), context) };
}

/** Keeps this process's cache in step with the workers' changes, through outages of the log, until the signal. */
async function follow(context: PipelineContext, place: Map<number, number>): Promise<void> {
  while (!context.signal.aborted) {
    try {
      await followGolden(context, place);
    } catch (error) {
      if (context.signal.aborted) return;
      context.logger.warn({ err: error }, 'golden events are not followed for the moment');
      await sleep(FOLLOW_PAUSE_MS, undefined, { signal: context.signal }).catch(() => undefined);
    }
  }
}
const FOLLOW_PAUSE_MS = 1000;

/** One run at a time: the steps share consumers and marks. */
class RunQueue {
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;
  readonly #work: (kind: string, sources?: readonly string[]) => Promise<RunSummary>;

  constructor(work: (kind: string, sources?: readonly string[]) => Promise<RunSummary>) {
    this.#work = work;
  }

  run(kind: string, sources?: readonly string[]): Promise<RunSummary> {
    const next = this.#last.then(() => this.#work(kind, sources));
    this.#open++;
    this.#last = next
      .catch(() => undefined)
      .finally(() => {
        this.#open--;
      });
    return next;
  }

  get busy(): boolean {
    return this.#open > 0;
  }

  idle(): Promise<unknown> {
    return this.#last;
  }
}

const WATCH_MS = 2000;

/**
 * Looks now and then whether other processes left something to do: `dead-letters retry` appends records, `forget` marks
 * clusters. An in-process run keeps nothing behind, so a look that finds work is rare.
 */
class Watch {
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  readonly #context: PipelineContext;
  readonly #catchUp: () => Promise<unknown>;

  constructor(context: PipelineContext, catchUp: () => Promise<unknown>) {
    this.#context = context;
    this.#catchUp = catchUp;
  }

  start(): void {
    if (this.#context.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#look = this.#lookOnce().finally(() => this.start());
    }, WATCH_MS);
  }

  async #lookOnce(): Promise<void> {
    try {
      if (await isBehind(this.#context.platform)) await this.#catchUp();
    } catch (error) {
      if (!this.#context.signal.aborted) this.#context.logger.error({ err: error }, 'catching up failed');
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#look;
    clearTimeout(this.#timer);
  }
}

/** Stops taking requests and schedules, waits for the run under way (its signal is aborted by whoever stops), then ends. */
async function closeAll(
  app: FastifyInstance,
  runs: RunQueue,
  watch: Watch,
  beside: Promise<unknown>,
  { platform }: PipelineContext,
): Promise<void> {
  await app.close();
  await beside;
  await watch.stop();
  await platform.schedule.close();
  await runs.idle();
}
