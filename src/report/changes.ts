import type { Sql } from '../platform/database/port.js';
import * as sql from './runs.sql.js';
import { child, figure } from './summary.js';
import type { ChangeExample, Changes } from './types.js';

/** What the run changed in what was there before it. `run` is null before the first run. */
export async function collectChanges(
  database: Sql,
  run: number | null,
  summary: unknown,
  examples: number,
): Promise<Changes> {
  const counts = await database.query<{ kind: string; count: number }>(sql.CHANGE_COUNTS, [run]);
  const rows = await database.query<
    Omit<ChangeExample, 'goldenId' | 'sourceId'> & { golden_id: string; source_id: string }
  >(sql.CHANGE_EXAMPLES, [run, examples]);
  const of = (kind: string): number => counts.find((row) => row.kind === kind)?.count ?? 0;
  const told = child({ summary }, 'summary');
  return {
    created: figure(told, 'created'),
    changed: figure(told, 'changed'),
    retired: figure(told, 'retired'),
    merged: of('merged'),
    split: of('split'),
    moved: of('moved'),
    withdrawn: of('withdrawn'),
    priceChanges: of('price_change'),
    attributeChanges: of('attribute_change'),
    examples: rows.map((row) => ({
      kind: row.kind,
      goldenId: row.golden_id,
      title: row.title,
      source: row.source,
      sourceId: row.source_id,
      before: row.before,
      after: row.after,
    })),
  };
}
