import { readFileSync } from 'node:fs';
import { clusterRules, embed, type Model, parseModel } from '../../src/dedup/index.js';
import { applyBatch, currentSnapshot, refreshSnapshot, scoreDirty } from '../../src/dedup/store/index.js';
import { drainComponents, type MergeSettings } from '../../src/master/index.js';
import { Counters } from '../../src/observe/counters.js';
import type { Database } from '../../src/platform/database/port.js';
import { keyText } from '../../src/records.js';
import { type CanonicalEvent, canonicalBatch } from './canonical.js';

export const MERGE: MergeSettings = {
  default: { rule: 'source_priority' },
  attributes: {},
  priority: (source) => ({ alpha: 3, beta: 2 })[source] ?? 0,
};

/** The shipped model, with blocks cut early so that small corpora cross the cap. */
export function testModel(change: (model: Record<string, unknown>) => void = () => undefined): Model {
  const json = JSON.parse(readFileSync(new URL('../../config/models/general.json', import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;
  change(json);
  return parseModel(json);
}

/** Dedup and master over one database: what the pipeline does after harmonizing. */
export class Reconciler {
  readonly counters = new Counters();
  #offset = 0;

  constructor(
    readonly database: Database,
    readonly model: Model,
    readonly uniqueSources: ReadonlySet<string> = new Set(),
  ) {}

  /** The same work over a database that was closed and opened again. */
  continuedOn(database: Database): Reconciler {
    const next = new Reconciler(database, this.model, this.uniqueSources);
    next.#offset = this.#offset;
    return next;
  }

  async apply(events: readonly CanonicalEvent[], size = events.length): Promise<void> {
    for (let from = 0; from < events.length; from += size) {
      const part = events.slice(from, from + size);
      const snapshot = await currentSnapshot(this.database);
      const context = { database: this.database, counters: this.counters, model: this.model, snapshot, runId: 1 };
      await applyBatch(canonicalBatch(part, this.#offset), context);
      this.#offset += part.length;
    }
  }

  /** Takes a snapshot when there is none, scores and resolves. */
  async reconcile(driver: 'bulk' | 'streaming', batch = 50): Promise<void> {
    const stored = (await currentSnapshot(this.database)) ?? (await refreshSnapshot(this.database, this.model));
    const { match, review } = this.model.thresholds;
    await scoreDirty({
      database: this.database,
      model: this.model,
      snapshot: stored.snapshot,
      snapshotId: stored.id,
      uniqueSources: this.uniqueSources,
      thresholds: { match, review },
      batch,
      bulkShare: driver === 'bulk' ? 0 : Number.POSITIVE_INFINITY,
    });
    await drainComponents({
      database: this.database,
      runId: 1,
      rules: clusterRules(this.model, { uniqueSources: this.uniqueSources, matchThreshold: match }),
      merge: MERGE,
      embed: (values) => embed({ ...values, internalCodes: [] }, stored.snapshot),
      batch,
    });
  }

  /** The golden records without ids: members, values and lineage, in order. */
  async goldenRecords(): Promise<string[]> {
    const rows = await this.database.query<{
      members: { source: string; sourceId: string }[];
      values: unknown;
      lineage: unknown;
      quality: number;
    }>('select members, "values", lineage, quality from golden_record');
    return rows
      .map((row) =>
        JSON.stringify([row.members.map((m) => keyText(m.source, m.sourceId)), row.values, row.lineage, row.quality]),
      )
      .sort();
  }

  async edges(): Promise<string[]> {
    const rows = await this.database.query<Record<string, unknown>>('select * from edge');
    return rows.map((row) => `${row.a}:${row.b}:${row.probability}:${row.stage}:${row.state}:${row.refused}`).sort();
  }
}
