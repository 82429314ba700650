import { setTimeout as sleep } from 'node:timers/promises';
import { clusterRules, embed, type Model } from '../../src/dedup/index.js';
import {
  appliedOffset,
  applyBatch,
  currentSnapshot,
  expandMarks,
  refreshSnapshot,
  SnapshotMoved,
  type StoredSnapshot,
  scorePortion,
} from '../../src/dedup/store/index.js';
import { AssayError } from '../../src/errors.js';
import { drainPortion } from '../../src/master/index.js';
import { Counters } from '../../src/observe/counters.js';
import { pendingWork } from '../../src/pipeline/pending.js';
import type { Database } from '../../src/platform/database/port.js';
import { type CanonicalEvent, canonicalBatch } from '../support/canonical.js';
import { MERGE } from '../support/reconcile.js';
import { seeded } from '../support/seeded.js';

export interface WorkerSetup {
  model: Model;
  unique: ReadonlySet<string>;
  /** Number of the worker's partition of the log. */
  partition: number;
  seed: number;
  /** Most events of a batch. */
  batch: number;
  /** Apply all events that there are in one batch. */
  whole?: boolean;
  /** Share of the scoring that is done by the bulk driver. */
  bulk?: number;
}

/**
 * A worker over connections of its own: applies its partition's events, expands, scores and resolves in a seeded order, and
 * takes up what it was at when a connection is lost.
 */
export class StreamWorker {
  readonly counters = new Counters();
  /** How often its connection was lost under it. */
  lost = 0;
  #events: CanonicalEvent[] = [];
  readonly #random: () => number;

  constructor(
    readonly database: Database,
    readonly setup: WorkerSetup,
  ) {
    this.#random = seeded(setup.seed);
  }

  /** Works until its events are applied and nothing waits in the store. `between` runs before every step. */
  async work(events: readonly CanonicalEvent[], between: () => Promise<void> = async () => undefined): Promise<void> {
    this.#events.push(...events);
    for (;;) {
      await between();
      const done = await this.#patiently(() => this.#step());
      if (done > 0) continue;
      const left = await this.#patiently(async () => this.#events.length - (await this.#applied()));
      if (left === 0 && !(await this.#patiently(() => isMarked(this.database)))) return;
      await sleep(2);
    }
  }

  /** Applies without a snapshot, as before the first one. */
  async applyAll(events: readonly CanonicalEvent[]): Promise<void> {
    this.#events.push(...events);
    while ((await this.#patiently(() => this.#apply())) > 0);
  }

  takeFirstSnapshot(): Promise<StoredSnapshot> {
    return this.#patiently(() => refreshSnapshot(this.database, this.setup.model, null));
  }

  async #step(): Promise<number> {
    const steps = [() => this.#apply(), () => this.#expand(), () => this.#score(), () => this.#drain()];
    const first = Math.floor(this.#random() * steps.length);
    // What is taken up first is by lot; a step that finds nothing passes on to the next.
    for (let i = 0; i < steps.length; i++) {
      const done = await steps[(first + i) % steps.length]!();
      if (done > 0) return done;
    }
    return 0;
  }

  async #applied(): Promise<number> {
    return (await appliedOffset(this.database, 'canonical', this.setup.partition)) ?? 0;
  }

  async #apply(): Promise<number> {
    const from = await this.#applied();
    const size = 1 + Math.floor(this.#random() * this.setup.batch);
    const part = this.#events.slice(from, this.setup.whole ? undefined : from + size);
    if (part.length === 0) return 0;
    const { database, counters } = this;
    const batch = { ...canonicalBatch(part, from), partition: this.setup.partition };
    const snapshot = await currentSnapshot(database);
    await applyBatch(batch, { database, counters, model: this.setup.model, snapshot, runId: 1 });
    return part.length;
  }

  async #expand(): Promise<number> {
    const stored = await this.#snapshot();
    return expandMarks({
      database: this.database,
      counters: this.counters,
      snapshotId: stored.id,
      model: this.setup.model,
    });
  }

  async #score(): Promise<number> {
    const { model, unique, batch, bulk = 0 } = this.setup;
    const stored = await this.#snapshot();
    const { records } = await scorePortion({
      database: this.database,
      model,
      snapshot: stored.snapshot,
      snapshotId: stored.id,
      uniqueSources: unique,
      thresholds: model.thresholds,
      batch,
      bulkShare: this.#random() < bulk ? 0 : Number.POSITIVE_INFINITY,
    });
    return records;
  }

  async #drain(): Promise<number> {
    const { model, unique, batch } = this.setup;
    const { snapshot } = await this.#snapshot();
    const { marks } = await drainPortion({
      database: this.database,
      runId: 1,
      rules: clusterRules(model, { uniqueSources: unique, matchThreshold: model.thresholds.match }),
      merge: MERGE,
      embed: (values) => embed({ ...values, internalCodes: [] }, snapshot),
      batch,
    });
    return marks;
  }

  async #snapshot(): Promise<StoredSnapshot> {
    return (await currentSnapshot(this.database))!;
  }

  #patiently<T>(work: () => Promise<T>): Promise<T> {
    return patiently(work, () => this.lost++);
  }
}

/** What an outer loop does: begins anew after a lost connection, another's batch, another snapshot. */
export async function patiently<T>(work: () => Promise<T>, lost: () => void = () => undefined): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SnapshotMoved) continue;
      if (!(error instanceof AssayError)) throw error;
      if (error.code === 'OFFSET_CONFLICT') continue;
      if (error.code !== 'PLATFORM_UNAVAILABLE') throw error;
      lost();
    }
  }
}

/** Events that nobody relays here are not waited for. */
async function isMarked(database: Database): Promise<boolean> {
  const { expand, score, components } = await pendingWork(database);
  return expand + score + components > 0;
}

/** Events by partition: those of one record stay together, in order. */
export function partitioned(events: readonly CanonicalEvent[], count: number): CanonicalEvent[][] {
  const parts: CanonicalEvent[][] = Array.from({ length: count }, () => []);
  for (const event of events) {
    let hash = 7;
    for (const char of `${event.source}/${event.id}`) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
    parts[hash % count]!.push(event);
  }
  return parts;
}
