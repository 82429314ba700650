import type { Sql } from '../platform/database/port.js';
import { compareText } from '../records.js';
import { runFigures } from './counters.js';
import * as sql from './sources.sql.js';
import type {
  DeadLetterFigures,
  DuplicateFigures,
  Overlap,
  ReportConfig,
  SourceFigures,
  StepFigures,
} from './types.js';

export interface SourceRecords {
  live: number;
  withdrawn: number;
  unresolved: number;
}

export async function sourceRecords(database: Sql): Promise<Map<string, SourceRecords>> {
  const rows = await database.query<SourceRecords & { source: string }>(sql.SOURCE_RECORDS);
  return new Map(rows.map(({ source, live, withdrawn, unresolved }) => [source, { live, withdrawn, unresolved }]));
}

/** Every source that is configured, has records, was counted in the run or has dead letters, by name. */
export function collectSources(
  config: ReportConfig,
  records: ReadonlyMap<string, SourceRecords>,
  counters: readonly StepFigures[],
  duplicates: readonly DuplicateFigures[],
  deadLetters: DeadLetterFigures,
): SourceFigures[] {
  const configured = new Map(config.sources.map((source) => [source.name, source]));
  const golden = new Map(duplicates.map((row) => [row.source, row.goldenRecords]));
  const open = new Map(deadLetters.bySource.map((row) => [row.source, row.open]));
  const counted = counters.filter(({ step }) => step === 'ingest' || step === 'harmonize').map(({ source }) => source);
  const names = new Set([...configured.keys(), ...records.keys(), ...counted, ...open.keys()]);
  return [...names]
    .filter((name) => name !== '')
    .sort(compareText)
    .map((source) => ({
      source,
      configured: configured.has(source),
      unique: configured.get(source)?.unique ?? false,
      ...runFigures(counters, source),
      liveRecords: records.get(source)?.live ?? 0,
      withdrawnRecords: records.get(source)?.withdrawn ?? 0,
      goldenRecords: golden.get(source) ?? 0,
      openDeadLetters: open.get(source) ?? 0,
    }));
}

/** Duplicates of every configured source and every other that has records, by name. */
export async function collectDuplicates(
  database: Sql,
  config: ReportConfig,
  records: ReadonlyMap<string, SourceRecords>,
): Promise<DuplicateFigures[]> {
  const rows = await database.query<Omit<DuplicateFigures, 'goldenRecords'> & { golden_records: number }>(
    sql.DUPLICATES,
  );
  const found = new Map(rows.map((row) => [row.source, row]));
  const names = new Set([...config.sources.map(({ name }) => name), ...records.keys()]);
  return [...names].sort(compareText).map((source) => {
    const row = found.get(source);
    return {
      source,
      records: row?.records ?? 0,
      goldenRecords: row?.golden_records ?? 0,
      duplicates: row?.duplicates ?? 0,
      groups: row?.groups ?? 0,
      largest: row?.largest ?? 0,
    };
  });
}

export async function collectOverlap(database: Sql, duplicates: readonly DuplicateFigures[]): Promise<Overlap> {
  const rows = await database.query<{ a: string; b: string; shared: number }>(sql.OVERLAP);
  const sources = duplicates.map(({ source }) => source);
  const at = new Map(sources.map((source, index) => [source, index]));
  const cells = duplicates.map(({ goldenRecords }, row) =>
    sources.map((_, column) => (row === column ? goldenRecords : 0)),
  );
  for (const { a, b, shared } of rows) {
    const row = at.get(a);
    const column = at.get(b);
    if (row === undefined || column === undefined) continue;
    cells[row]![column] = shared;
    cells[column]![row] = shared;
  }
  return { sources, cells };
}
