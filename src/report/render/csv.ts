import { type Report, STAGES } from '../types.js';
import { csvLine } from './csv-line.js';

type Row = [section: string, source: string, other: string, metric: string, value: number | string];

export const CSV_COLUMNS = ['section', 'source', 'other', 'metric', 'value'] as const;

/**
 * The report's figures in long format, a figure a line, without examples. `source` is empty where a figure is about the
 * whole store; `other` is the second source of a pair, or else what the section is broken down by (a step, a currency, an
 * attribute, a code). Shares are 0..1.
 */
export function* renderCsv(report: Report): Generator<string> {
  yield csvLine(CSV_COLUMNS);
  for (const row of rows(report)) yield csvLine(row);
}

function* rows(report: Report): Generator<Row> {
  const { run, snapshot, conflicts, changes, deadLetters } = report;
  if (run !== null) {
    yield ['run', '', '', 'id', run.id];
    yield ['run', '', '', 'status', run.status];
    yield ['run', '', '', 'started_at', run.startedAt];
    yield ['run', '', '', 'seconds', run.seconds ?? ''];
    if (run.resources !== null) yield* figures('run', '', '', run.resources);
  }
  for (const { step, seconds } of run?.steps ?? []) yield ['run', '', step, 'seconds', seconds];
  yield* figures('totals', '', '', { ...report.totals });
  for (const { source, configured, unique, ...counts } of report.sources) {
    yield ['sources', source, '', 'configured', Number(configured)];
    yield ['sources', source, '', 'unique', Number(unique)];
    yield* figures('sources', source, '', counts);
  }
  for (const { step, source, outcome, count } of report.steps) yield ['steps', source, step, outcome, count];
  for (const { source, field, filled, share } of report.fields) {
    yield ['fields', source, field, 'filled', filled];
    yield ['fields', source, field, 'share', share];
  }
  for (const { source, field, count } of report.invalid) yield ['invalid', source, field, 'values', count];
  for (const { source, ...counts } of report.duplicates) yield* figures('duplicates', source, '', counts);
  for (const match of report.matches)
    for (const metric of [...STAGES, 'total', 'apart'] as const)
      yield ['matches', match.a, match.b, metric, match[metric]];
  const { bySources, byRecords, ...golden } = report.golden;
  yield* figures('golden', '', '', golden);
  for (const row of bySources)
    yield ['golden_by_sources', '', String(row.sources), 'golden_records', row.goldenRecords];
  for (const row of byRecords)
    yield ['golden_by_records', '', String(row.records), 'golden_records', row.goldenRecords];
  const { sources, cells } = report.overlap;
  for (const [row, a] of sources.entries())
    for (const [column, b] of sources.entries()) yield ['overlap', a, b, 'golden_records', cells[row]![column]!];
  for (const { currency, examples: _, ...counts } of conflicts.prices)
    yield* figures('price_conflicts', '', currency, counts);
  for (const { attribute, examples: _, ...counts } of conflicts.attributes)
    yield* figures('attribute_conflicts', '', attribute, counts);
  yield* figures('attribute_conflicts_left_out', '', '', conflicts.attributesLeftOut);
  const { examples: _, ...changed } = changes;
  yield* figures('changes', '', '', changed);
  for (const { stage, pairs } of report.review.byStage) yield ['review', '', stage, 'pairs', pairs];
  yield* figures('dead_letters', '', '', {
    open: deadLetters.open,
    retried: deadLetters.retried,
    dropped: deadLetters.dropped,
  });
  for (const { source, open } of deadLetters.bySource) yield ['dead_letters', source, '', 'open', open];
  for (const { code, step, open } of deadLetters.byCode) yield ['dead_letters', '', `${step}:${code}`, 'open', open];
  for (const { reason, pairs } of report.worst.refusedEdges) yield ['refused_edges', '', reason, 'pairs', pairs];
  for (const { kind, ...counts } of report.candidates.kinds) yield* figures('candidates', '', kind, counts);
  if (snapshot !== null) {
    const { recordsThen, recordsNow, growth } = snapshot;
    yield* figures('snapshot', '', snapshot.id, { recordsThen, recordsNow, growth });
  }
}

function* figures(
  section: string,
  source: string,
  other: string,
  counts: Readonly<Record<string, number>>,
): Generator<Row> {
  for (const [name, value] of Object.entries(counts)) yield [section, source, other, snake(name), value];
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
