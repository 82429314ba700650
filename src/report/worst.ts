import type { Sql } from '../platform/database/port.js';
import * as sql from './golden.sql.js';
import { type PairRow, pairExample } from './matches.js';
import { REFUSED } from './matches.sql.js';
import type { GoldenExample, Worst } from './types.js';

interface GoldenRow {
  golden_id: string;
  title: string;
  records: number;
  sources: string[];
  quality: number;
}

const example = (row: GoldenRow): GoldenExample => ({
  goldenId: row.golden_id,
  title: row.title,
  records: row.records,
  sources: row.sources,
  quality: row.quality,
});

/** Where to look first. Twice as many golden records as other examples: they are the way to everything else. */
export async function collectWorst(database: Sql, examples: number): Promise<Worst> {
  const lowest = await database.query<GoldenRow>(sql.LOWEST_QUALITY, [examples * 2]);
  const largest = await database.query<GoldenRow>(sql.LARGEST_CLUSTERS, [examples * 2]);
  const refused = await database.query<PairRow & { reason: string; pairs: number }>(REFUSED);
  return {
    lowestQuality: lowest.map(example),
    largestClusters: largest.map(example),
    refusedEdges: refused.map((row) => ({ reason: row.reason, pairs: row.pairs, example: pairExample(row) })),
  };
}
