import { createHash } from 'node:crypto';
import type { Database } from '../../src/platform/database/port.js';

/**
 * Columns that may differ between a quiet run and one that was killed and taken up, each with the reason. `*` is every
 * column of the table. Everything else is compared.
 */
export const BOOKKEEPING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  source_record: {
    version_offset: 'position in the canonical topic: a crash repeats messages, which shifts the positions after them',
    first_seen: 'wall clock',
    changed_at: 'wall clock',
  },
  dirty: { seq: 'number of a mark', done_seq: 'number of a mark' },
  golden_record: { valid_from: 'wall clock', born: 'number of the run' },
  golden_history: { valid_from: 'wall clock', valid_to: 'wall clock' },
  golden_redirect: { at: 'wall clock' },
  steward_decision: { at: 'wall clock' },
  dead_letter: { at: 'wall clock' },
  forgotten: { at: 'wall clock' },
  model: { created_at: 'wall clock' },
  corpus_snapshot: { created_at: 'wall clock' },
  run: { '*': 'a killed run has a row of its own' },
  run_change: { run_id: 'number of the run' },
  consumer_offset: { '*': 'positions in the log' },
  source_state: { updated_at: 'wall clock' },
  schema_migration: { '*': 'when migrations ran' },
  search_document: {
    brand: 'number of a facet row',
    category: 'number of a facet row',
    colour: 'number of a facet row',
    condition: 'number of a facet row',
    availability: 'number of a facet row',
    source: 'number of a facet row',
    updated_at: 'wall clock of the golden version',
    document: 'holds updated_at; its other fields are compared through golden_record',
  },
  search_facet: { id: 'numbers have gaps where a transaction was undone' },
  search_removed: { removed_at: 'wall clock' },
  search_state: { '*': 'how often the index was written' },
};

/** Every table's rows without the bookkeeping, in order. */
export async function dumpTables(database: Database): Promise<Map<string, string[]>> {
  const tables = await database.query<{ name: string; columns: string[] }>(
    `select c.table_name::text as name, array_agg(c.column_name::text order by c.column_name) as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' group by 1 order by 1`,
  );
  const dump = new Map<string, string[]>();
  for (const { name, columns } of tables) {
    const left = BOOKKEEPING[name] ?? {};
    const kept = '*' in left ? [] : columns.filter((column) => !(column in left));
    if (kept.length === 0) continue;
    const parts = kept.map((column) => `'${column}', "${column}"`).join(', ');
    const rows = await database.query<{ row: string }>(
      `select jsonb_build_object(${parts})::text as row from "${name}"`,
    );
    dump.set(name, rows.map(({ row }) => (row.length > 2000 ? digest(row) : row)).sort());
  }
  return dump;
}

const digest = (text: string): string => `${text.slice(0, 200)}… ${createHash('sha256').update(text).digest('hex')}`;
