import type { Sql } from '../platform/database/port.js';
import { FIELDS, FILL_COUNTS } from './fields.sql.js';
import type { FieldFigures } from './types.js';

/** How well every field is filled in every one of the sources, source by source in the order of FIELDS. */
export async function collectFields(database: Sql, sources: readonly string[]): Promise<FieldFigures[]> {
  const rows = await database.query<{ source: string; records: number; filled: number[] }>(FILL_COUNTS);
  const found = new Map(rows.map((row) => [row.source, row]));
  return sources.flatMap((source) => {
    const row = found.get(source);
    const records = row?.records ?? 0;
    return FIELDS.map((field, index) => {
      const filled = row?.filled[index] ?? 0;
      return { source, field, filled, records, share: records === 0 ? 0 : filled / records };
    });
  });
}
