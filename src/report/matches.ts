import type { Sql } from '../platform/database/port.js';
import { compareText } from '../records.js';
import * as sql from './matches.sql.js';
import { type MatchFigures, type PairExample, type Review, STAGES, type Stage } from './types.js';

interface MatchRow {
  a: string;
  b: string;
  stage: string;
  pairs: number;
  apart: number;
}

/** Every pair of the sources in order, a source with itself included, also when nothing matched. */
export async function collectMatches(database: Sql, sources: readonly string[]): Promise<MatchFigures[]> {
  const rows = await database.query<MatchRow>(sql.MATCHES);
  const pairs = new Map<string, MatchFigures>();
  const at = (a: string, b: string): MatchFigures => {
    const name = `${a}\u001f${b}`;
    const known = pairs.get(name);
    if (known !== undefined) return known;
    const made = { a, b, exact: 0, fuzzy: 0, embedding: 0, steward: 0, total: 0, apart: 0 };
    pairs.set(name, made);
    return made;
  };
  for (const [index, a] of sources.entries()) for (const b of sources.slice(index)) at(a, b);
  for (const row of rows) {
    const figures = compareText(row.a, row.b) <= 0 ? at(row.a, row.b) : at(row.b, row.a);
    if (STAGES.includes(row.stage as Stage)) figures[row.stage as Stage] += row.pairs;
    figures.total += row.pairs;
    figures.apart += row.apart;
  }
  return [...pairs.values()].sort((x, y) => compareText(x.a, y.a) || compareText(x.b, y.b));
}

export interface PairRow {
  probability: number;
  stage: string;
  a_source: string;
  a_id: string;
  a_title: string;
  b_source: string;
  b_id: string;
  b_title: string;
}

export const pairExample = (row: PairRow): PairExample => ({
  probability: row.probability,
  stage: row.stage,
  a: { source: row.a_source, sourceId: row.a_id, title: row.a_title },
  b: { source: row.b_source, sourceId: row.b_id, title: row.b_title },
});

export async function collectReview(database: Sql, examples: number): Promise<Review> {
  const byStage = await database.query<{ stage: string; pairs: number }>(sql.REVIEW_COUNTS);
  const rows = await database.query<PairRow>(sql.REVIEW_EXAMPLES, [examples]);
  return { pairs: byStage.reduce((n, row) => n + row.pairs, 0), byStage, examples: rows.map(pairExample) };
}
