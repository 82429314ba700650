import { basename } from 'node:path';
import { AssayError } from '../../errors.js';
import { compareText } from '../../records.js';
import type { MatchRecord } from '../match-record.js';
import { readCsv } from './csv-file.js';
import { type Column, inferColumns, SAMPLE_ROWS } from './infer.js';
import { applyOverrides, type Override } from './override.js';
import { productMaker } from './product.js';

/** A CSV file as a source of match records. Rows are read from the file each time; only ids stay in memory. */
export interface Table {
  /** Source of its records. */
  source: string;
  file: string;
  columns: readonly Column[];
  /** Reads the whole file. Throws INPUT_INVALID for an id that is empty or listed twice. */
  records(): Generator<MatchRecord>;
}

export interface TableFile {
  source: string;
  /** Path to open. */
  path: string;
  /** Its name in messages: as the user wrote it. */
  name: string;
}

/** A file's name without folder, `.gz` and `.csv`. */
export function sourceName(file: string): string {
  return basename(file)
    .replace(/\.gz$/i, '')
    .replace(/\.(?:csv|tsv|txt)$/i, '');
}

/**
 * Looks at the first rows of every file and settles what the columns mean.
 * @throws AssayError USAGE or INPUT_INVALID when a file cannot be read or has no id column
 */
export function openTables(files: readonly TableFile[], overrides: readonly Override[]): Table[] {
  const drafts = files.map((file) => ({ file, columns: columnsOf(file) }));
  applyOverrides(new Map(drafts.map(({ file, columns }) => [file.source, columns])), overrides);
  return drafts.map(({ file, columns }) => {
    const id = columns.find((column) => column.role === 'id');
    if (id === undefined)
      throw new AssayError(
        'INPUT_INVALID',
        `${file.name}: there is no column "id" (the columns are ${columns.map(({ name }) => name).join(', ')}); --columns "${columns[0]?.name ?? 'COLUMN'}=id" names another`,
      );
    return { source: file.source, file: file.name, columns, records: () => recordsOf(file, columns, id.name) };
  });
}

function columnsOf({ path, name }: TableFile): Column[] {
  const rows: Record<string, string>[] = [];
  for (const row of readCsv(path, name)) {
    rows.push(row.cells);
    if (rows.length === SAMPLE_ROWS) break;
  }
  if (rows[0] === undefined) throw new AssayError('INPUT_INVALID', `${name}: there is no row below the header`);
  return inferColumns(Object.keys(rows[0]), rows);
}

function* recordsOf(file: TableFile, columns: readonly Column[], id: string): Generator<MatchRecord> {
  const make = productMaker(columns);
  const seen = new Set<string>();
  for (const { origin, cells } of readCsv(file.path, file.name)) {
    const key = cells[id]!;
    if (key === '') throw new AssayError('INPUT_INVALID', `${origin}: the ${id} is empty`);
    if (seen.has(key)) throw new AssayError('INPUT_INVALID', `${origin}: the ${id} "${key}" is listed twice`);
    seen.add(key);
    yield { source: file.source, id: key, product: make(cells) };
  }
}

/** The columns and how their roles were found, for people. */
export function describeColumns(table: Table): string {
  const width = Math.min(32, Math.max(...table.columns.map(({ name }) => name.length)));
  const lines = table.columns.map(
    ({ name, role, why }) => `  ${name.padEnd(width)}  ${(role === 'ignore' ? 'ignored' : role).padEnd(11)}  ${why}`,
  );
  return [`${table.source} (${table.file})`, ...lines].join('\n');
}

/** Text order of records: by source, then id. */
export function compareRecords(a: { source: string; id: string }, b: { source: string; id: string }): number {
  return compareText(a.source, b.source) || compareText(a.id, b.id);
}
