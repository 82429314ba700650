import type { Sql } from '../platform/database/port.js';
import * as sql from './golden.sql.js';
import type { GoldenFigures } from './types.js';

export async function collectGolden(database: Sql): Promise<GoldenFigures> {
  const [totals] = await database.query<{ total: number; mean_quality: number; largest: number }>(sql.GOLDEN_TOTALS);
  const bySources = await database.query<{ sources: number; golden_records: number }>(sql.GOLDEN_BY_SOURCES);
  const byRecords = await database.query<{ records: number; golden_records: number }>(sql.GOLDEN_BY_RECORDS);
  return {
    total: totals?.total ?? 0,
    meanQuality: totals?.mean_quality ?? 0,
    largest: totals?.largest ?? 0,
    bySources: bySources.map((row) => ({ sources: row.sources, goldenRecords: row.golden_records })),
    byRecords: byRecords.map((row) => ({ records: row.records, goldenRecords: row.golden_records })),
  };
}
