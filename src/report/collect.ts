import { AssayError } from '../errors.js';
import type { Database } from '../platform/database/port.js';
import { candidateFigures } from './candidates.js';
import { collectChanges } from './changes.js';
import { collectConflicts } from './conflicts.js';
import { invalidValues, readCounters } from './counters.js';
import { collectDeadLetters } from './dead-letter-figures.js';
import { collectFields } from './fields.js';
import { collectGolden } from './golden.js';
import { collectMatches, collectReview } from './matches.js';
import { type RunRow, runInfo } from './run-info.js';
import * as sql from './runs.sql.js';
import { collectDuplicates, collectOverlap, collectSources, type SourceRecords, sourceRecords } from './sources.js';
import type { Report, ReportConfig, SnapshotAge } from './types.js';
import { collectWorst } from './worst.js';

export interface ReportOptions {
  /** The run to tell about; absent: the last one. */
  run?: number | undefined;
  /** Prices of one currency conflict when the greatest exceeds the smallest by more than this share. Default 0.1. */
  priceTolerance?: number | undefined;
  /** Examples of every kind. Default 5. */
  examples?: number | undefined;
}

/**
 * Computes the report from the store: aggregates in the database, and in memory only figures and examples. Reads no
 * transaction, so that a service goes on meanwhile; while records are coming in, sections can be moments apart.
 * Throws NOT_FOUND for a run that does not exist.
 */
export async function collectReport(
  database: Database,
  config: ReportConfig,
  options: ReportOptions = {},
): Promise<Report> {
  const examples = options.examples ?? 5;
  const [run] = await database.query<RunRow>(sql.RUN, [options.run ?? null]);
  if (run === undefined && options.run !== undefined)
    throw new AssayError('NOT_FOUND', `There is no run ${options.run}.`);
  const counters = readCounters(run?.counters);
  const records = await sourceRecords(database);
  const deadLetters = await collectDeadLetters(database);
  const duplicates = await collectDuplicates(database, config, records);
  const golden = await collectGolden(database);
  const review = await collectReview(database, examples);
  const sources = collectSources(config, records, counters, duplicates, deadLetters);
  const total = (pick: (of: SourceRecords) => number): number =>
    [...records.values()].reduce((n, of) => n + pick(of), 0);
  const live = total((of) => of.live);
  return {
    generatedAt: new Date().toISOString(),
    run: run === undefined ? null : runInfo(run),
    totals: {
      sources: sources.length,
      records: live,
      withdrawnRecords: total((of) => of.withdrawn),
      unresolvedRecords: total((of) => of.unresolved),
      goldenRecords: golden.total,
      openDeadLetters: deadLetters.open,
      reviewPairs: review.pairs,
    },
    sources,
    steps: counters,
    fields: await collectFields(
      database,
      sources.map(({ source }) => source),
    ),
    invalid: invalidValues(counters),
    duplicates,
    matches: await collectMatches(
      database,
      sources.map(({ source }) => source),
    ),
    golden,
    overlap: await collectOverlap(database, duplicates),
    conflicts: await collectConflicts(database, options.priceTolerance ?? 0.1, examples),
    changes: await collectChanges(database, run?.id ?? null, run?.summary, examples),
    review,
    deadLetters,
    worst: await collectWorst(database, examples),
    candidates: candidateFigures(run?.summary),
    snapshot: await collectSnapshot(database, live),
  };
}

async function collectSnapshot(database: Database, live: number): Promise<SnapshotAge | null> {
  const [row] = await database.query<{ id: string; model: string; records: number; created_at: Date }>(sql.SNAPSHOT);
  if (row === undefined) return null;
  return {
    id: row.id,
    model: row.model,
    takenAt: row.created_at.toISOString(),
    recordsThen: row.records,
    recordsNow: live,
    growth: row.records === 0 ? 0 : live / row.records - 1,
  };
}
