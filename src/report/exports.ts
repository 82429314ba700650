import { AssayError } from '../errors.js';
import type { GoldenRecord } from '../golden.js';
import type { Database } from '../platform/database/port.js';
import { compareText, type RecordKey } from '../records.js';
import * as sql from './exports.sql.js';
import { csvLine } from './render/csv-line.js';

export type ExportFormat = 'csv' | 'jsonl';

interface Export {
  statement: string;
  /** The first is the default. */
  formats: readonly ExportFormat[];
  /** Columns of the CSV; the same names are the keys of the JSON lines where `line` does not say otherwise. */
  columns: readonly string[];
  line?: (row: never) => unknown;
}

interface VersionRow {
  golden_id: string;
  version: number;
  values: GoldenRecord['values'];
  lineage: GoldenRecord['lineage'];
  members: RecordKey[];
  quality: number;
  valid_from: Date;
  valid_to?: Date | null;
  change?: string | null;
}

/** A version as GoldenRecord; of a superseded one also the change that made it and when it ended. */
const version = (row: VersionRow): GoldenRecord & { change?: string } => ({
  goldenId: row.golden_id,
  version: row.version,
  values: row.values,
  lineage: row.lineage,
  members: row.members,
  sources: [...new Set(row.members.map(({ source }) => source))].sort(compareText),
  quality: row.quality,
  validFrom: row.valid_from.toISOString(),
  ...(row.valid_to == null ? {} : { validTo: row.valid_to.toISOString() }),
  ...(row.change == null ? {} : { change: row.change }),
});

export const EXPORTS = {
  crosswalk: { statement: sql.CROSSWALK, formats: ['csv', 'jsonl'], columns: ['source', 'source_id', 'golden_id'] },
  golden: { statement: sql.GOLDEN, formats: ['jsonl'], columns: [], line: version },
  edges: {
    statement: sql.EDGES,
    formats: ['csv', 'jsonl'],
    columns: ['source_a', 'source_id_a', 'source_b', 'source_id_b', 'probability', 'stage', 'state', 'refused'],
  },
  history: { statement: sql.HISTORY, formats: ['jsonl'], columns: [], line: version },
} as const satisfies Readonly<Record<string, Export>>;

export type ExportName = keyof typeof EXPORTS;

/** Rows that lie in memory at once. Golden records with their lineage have some kilobytes each. */
const PORTION = 1000;

/**
 * An export in portions of text, read in one consistent snapshot; memory does not grow with its length.
 * Throws USAGE for a format that the export does not have.
 */
export function exportText(
  database: Database,
  name: ExportName,
  format: ExportFormat = EXPORTS[name].formats[0],
): AsyncGenerator<{ text: string; rows: number }> {
  const { statement, formats, columns, line }: Export = EXPORTS[name];
  if (!formats.includes(format))
    throw new AssayError('USAGE', `export ${name} writes ${formats.join(' or ')}, not ${format}.`);
  return portions(database, statement, format, columns, line);
}

async function* portions(
  database: Database,
  statement: string,
  format: ExportFormat,
  columns: readonly string[],
  line: Export['line'],
): AsyncGenerator<{ text: string; rows: number }> {
  if (format === 'csv') yield { text: csvLine(columns), rows: 0 };
  for await (const rows of database.batches<Record<string, string | number | null>>(statement, [], PORTION))
    yield {
      text:
        format === 'csv'
          ? rows.map((row) => csvLine(columns.map((column) => row[column] ?? ''))).join('')
          : rows.map((row) => `${JSON.stringify(line === undefined ? row : line(row as never))}\n`).join(''),
      rows: rows.length,
    };
}
