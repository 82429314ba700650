import { CHANGE_NAMES, costs, count, moment, percent, seconds, shorten, value } from '../format.js';
import { type Report, STAGES } from '../types.js';
import { heading, type Look, printable, table } from './table.js';

/** The report as text for a terminal of `look.width` columns. */
export function renderTerminal(report: Report, look: Look): string {
  const parts = [
    summary(report, look),
    sources(report, look),
    golden(report, look),
    matches(report, look),
    overlap(report, look),
    fields(report, look),
    conflicts(report, look),
    changes(report, look),
    attention(report, look),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function summary({ run, totals, snapshot }: Report, look: Look): string {
  const lines = [heading('Reconciliation report', look)];
  if (run === null) lines.push('Nothing has run yet: `assay run` pulls every source and reconciles.');
  else {
    const time = run.seconds === null ? 'not finished' : `took ${seconds(run.seconds)}`;
    const steps = run.steps.map((row) => `${row.step} ${seconds(row.seconds)}`).join(', ');
    lines.push(
      `Run ${run.id} (${run.kind}, ${run.status}), started ${moment(run.startedAt)}, ${time}${costs(run.resources)}${steps === '' ? '' : ` (${steps})`}`,
    );
    if (run.error !== null) lines.push(`Failed: ${printable(run.error)}`);
    for (const notice of run.notices)
      lines.push(`Notice: ${printable(`${notice.source}: ${notice.message}`)} [${notice.code}]`);
  }
  lines.push(
    `${count(totals.records)} records of ${count(totals.sources)} sources in ${count(totals.goldenRecords)} golden records; ` +
      `${count(totals.withdrawnRecords)} withdrawn, ${count(totals.unresolvedRecords)} not resolved yet; ` +
      `${count(totals.reviewPairs)} pairs wait for review; ${count(totals.openDeadLetters)} open dead letters`,
  );
  if (snapshot !== null)
    lines.push(
      `Corpus snapshot ${snapshot.id} (${snapshot.model}) of ${moment(snapshot.takenAt)}: ` +
        `${count(snapshot.recordsThen)} records then, ${count(snapshot.recordsNow)} now`,
    );
  return lines.join('\n');
}

function sources({ sources: rows, duplicates }: Report, look: Look): string {
  const within = new Map(duplicates.map((row) => [row.source, row.duplicates]));
  return table(
    'Sources in this run',
    ['source', 'received', 'new', 'changed', 'unchanged', 'withdrawn', 'quarantined', 'live', 'golden', 'duplicates'],
    rows.map((row) => [
      `${row.source}${row.configured ? '' : ' (no file)'}`,
      count(row.received),
      count(row.new),
      count(row.changed),
      count(row.unchanged),
      `${count(row.withdrawn)}${row.withdrawalsHeld > 0 ? ` (${count(row.withdrawalsHeld)} held)` : ''}`,
      count(row.quarantined),
      count(row.liveRecords),
      count(row.goldenRecords),
      count(within.get(row.source) ?? 0),
    ]),
    look,
  );
}

function golden({ golden: of }: Report, look: Look): string {
  if (of.total === 0) return '';
  const byRecords = of.byRecords.slice(0, 8).map((row) => `${row.records}: ${count(row.goldenRecords)}`);
  const rest = of.byRecords.slice(8).reduce((n, row) => n + row.goldenRecords, 0);
  if (rest > 0) byRecords.push(`more: ${count(rest)}`);
  const head = `mean quality ${of.meanQuality.toFixed(2)}, largest ${count(of.largest)} records`;
  const text = table(
    `Golden records by number of sources (${head})`,
    ['sources', 'golden records', 'share'],
    of.bySources.map((row) => [count(row.sources), count(row.goldenRecords), percent(row.goldenRecords / of.total)]),
    look,
  );
  return `${text}\n  By number of records: ${byRecords.join(', ')}`;
}

function matches({ matches: rows }: Report, look: Look): string {
  const found = rows.filter((row) => row.total > 0).sort((x, y) => y.total - x.total);
  const shown = found.slice(0, 20);
  return table(
    `Matched pairs by stage${more(found.length - shown.length, 'source pairs')}`,
    ['source', 'source', ...STAGES, 'total', 'kept apart'],
    shown.map((row) => [
      row.a,
      row.b,
      ...[...STAGES.map((stage) => row[stage]), row.total, row.apart].map((n) => count(n)),
    ]),
    look,
  );
}

function overlap({ overlap: { sources: names, cells } }: Report, look: Look): string {
  if (names.length < 2) return '';
  const labels = names.map((_, index) => `${index + 1}`);
  // Beyond the width of the terminal the greatest overlaps are told as a list.
  if (names.length * 9 + 24 <= look.width)
    return table(
      'Golden records that two sources share',
      ['', ...labels],
      names.map((name, row) => [`${row + 1} ${name}`, ...cells[row]!.map((n) => (n === 0 ? '·' : count(n)))]),
      look,
    );
  const pairs = names.flatMap((a, row) =>
    names.slice(row + 1).map((b, offset): [string, string, number] => [a, b, cells[row]![row + 1 + offset]!]),
  );
  const shared = pairs.filter((pair) => pair[2] > 0).sort((x, y) => y[2] - x[2]);
  const shown = shared.slice(0, 15);
  return table(
    `Golden records that two sources share${more(shared.length - shown.length, 'pairs')}`,
    ['source', 'source', 'golden records'],
    shown.map(([a, b, n]) => [a, b, count(n)]),
    look,
  );
}

function fields({ fields: rows, sources: of, invalid }: Report, look: Look): string {
  const names = [...new Set(rows.filter((row) => row.filled > 0).map((row) => row.field))];
  const empty = [...new Set(rows.map((row) => row.field))].filter((field) => !names.includes(field));
  const shown = of.slice(0, Math.max(1, Math.floor((look.width - 20) / 11)));
  const cell = new Map(rows.map((row) => [`${row.source}\u001f${row.field}`, row]));
  const unread = new Map<string, number>();
  for (const row of invalid) unread.set(row.field, (unread.get(row.field) ?? 0) + row.count);
  const lines = names.map((field) => [
    field,
    ...shown.map(({ source }) => {
      const row = cell.get(`${source}\u001f${field}`);
      return row === undefined || row.records === 0 ? '–' : percent(row.share);
    }),
  ]);
  const text = table(
    `Fields filled with a valid value${more(of.length - shown.length, 'sources')}`,
    ['field', ...shown.map(({ source }) => shorten(source, 10))],
    lines,
    look,
  );
  const list = [...unread].map(([field, n]) => `${field} ${count(n)}`).join(', ');
  return [
    text,
    ...(empty.length > 0 ? [`Filled nowhere: ${empty.join(', ')}`] : []),
    ...(list === '' ? [] : [`Values that could not be read in this run: ${list}`]),
  ].join('\n');
}

function conflicts({ conflicts: of }: Report, look: Look): string {
  const example = (row: { examples: Report['conflicts']['attributes'][number]['examples'] }): string => {
    const first = row.examples[0];
    if (first === undefined) return '';
    const values = first.values.map((entry) => `${entry.source}: ${value(entry.value)}`).join(' | ');
    return shorten(printable(`${first.title} – ${values}`), Math.max(24, look.width - 58));
  };
  const prices = of.prices.map((row) => [
    `price ${row.currency || '(no currency)'}`,
    count(row.compared),
    count(row.conflicting),
    example(row),
  ]);
  const attributes = of.attributes.map((row) => [
    row.attribute,
    count(row.compared),
    count(row.conflicting),
    example(row),
  ]);
  const shown = attributes.slice(0, 12);
  return table(
    `Conflicts inside golden records (prices beyond ${percent(of.priceTolerance)})${more(
      attributes.length - shown.length + of.attributesLeftOut.attributes,
      'attributes',
    )}`,
    ['attribute', 'compared', 'in conflict', 'example'],
    [...prices, ...shown],
    look,
  );
}

function changes({ changes: of }: Report, look: Look): string {
  const head = [
    `golden records created ${count(of.created)}, changed ${count(of.changed)}, retired ${count(of.retired)}`,
    `merged ${count(of.merged)}, split ${count(of.split)}, moved ${count(of.moved)}, withdrawn ${count(of.withdrawn)}`,
    `price changes ${count(of.priceChanges)}, attribute changes ${count(of.attributeChanges)}`,
  ].join('; ');
  const rows = of.examples.map((row) => [
    CHANGE_NAMES[row.kind] ?? row.kind,
    shorten(printable(row.title), 40),
    row.source,
    shorten(printable(`${value(row.before)} → ${value(row.after)}`), 40),
  ]);
  const lines = `${heading('Changes since the run before', look)}\n${head}`;
  return rows.length === 0
    ? lines
    : `${lines}\n${table('', ['change', 'product', 'source', 'before → after'], rows, look)}`;
}

function attention({ worst, review, deadLetters, candidates }: Report, look: Look): string {
  const pair = (row: Report['review']['examples'][number]): string =>
    `${shorten(printable(row.a.title), 34)} (${row.a.source} ${printable(row.a.sourceId)}) ~ ` +
    `${shorten(printable(row.b.title), 34)} (${row.b.source} ${printable(row.b.sourceId)})`;
  const goldenRow = (row: Report['worst']['lowestQuality'][number]): string[] => [
    row.goldenId,
    shorten(printable(row.title), 44),
    count(row.records),
    count(row.sources.length),
    row.quality.toFixed(2),
  ];
  const parts = [
    table(
      'Lowest quality',
      ['golden id', 'title', 'records', 'sources', 'quality'],
      worst.lowestQuality.map(goldenRow),
      look,
    ),
    table(
      'Largest golden records',
      ['golden id', 'title', 'records', 'sources', 'quality'],
      worst.largestClusters.map(goldenRow),
      look,
    ),
    table(
      'Review queue, most probable first',
      ['probability', 'stage', 'pair'],
      review.examples.map((row) => [row.probability.toFixed(3), row.stage, pair(row)]),
      look,
    ),
    table(
      'Matches that clustering refused',
      ['reason', 'pairs', 'example'],
      worst.refusedEdges.map((row) => [row.reason, count(row.pairs), pair(row.example)]),
      look,
    ),
    table(
      'Candidate pairs by kind of key (cut: keys over the cap, and the records that lost one)',
      ['key', 'pairs', 'only by it', 'cut keys', 'cut records'],
      candidates.kinds.map((row) => [row.kind, ...[row.pairs, row.only, row.cutKeys, row.cutRecords].map(count)]),
      look,
    ),
    table(
      'Dead letters by source',
      ['source', 'open'],
      deadLetters.bySource.map((row) => [row.source, count(row.open)]),
      look,
    ),
    table(
      'Dead letters by code',
      ['code', 'step', 'open', 'example'],
      deadLetters.byCode.map((row) => [
        row.code,
        row.step,
        count(row.open),
        `${row.example.id} ${shorten(printable(row.example.reason), 50)}`,
      ]),
      look,
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const more = (n: number, what: string): string => (n > 0 ? `; ${count(n)} more ${what} in --json and --html` : '');
