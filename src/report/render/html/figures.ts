import { count, percent } from '../../format.js';
import { type Report, STAGES } from '../../types.js';
import { bars, heatMap, shareBar, stackedBars } from './charts.js';
import { html, type Markup, NOTHING } from './markup.js';
import { n, table, text } from './table.js';

/** Sections that show figures as charts and tables. */

export function sourcesSection({ sources, duplicates }: Report): Markup {
  const within = new Map(duplicates.map((row) => [row.source, row]));
  const held = sources.reduce((total, row) => total + row.withdrawalsHeld, 0);
  return html`<section><h2>Sources</h2>${table(
    [
      text('source'),
      ...['received', 'new', 'changed', 'unchanged', 'withdrawn', 'quarantined', 'live records', 'golden records'].map(
        n,
      ),
      n('duplicates'),
      n('largest group'),
    ],
    sources.map((row) => [
      html`${row.source}${row.configured ? '' : html` <span class="warn">no file</span>`}${row.unique ? html` <span class="soft">unique</span>` : ''}`,
      ...[
        row.received,
        row.new,
        row.changed,
        row.unchanged,
        row.withdrawn,
        row.quarantined,
        row.liveRecords,
        row.goldenRecords,
        within.get(row.source)?.duplicates ?? 0,
        within.get(row.source)?.largest ?? 0,
      ].map((figure) => count(figure)),
    ]),
  )}${held === 0 ? NOTHING : html`<p class="warn">A guard kept ${count(held)} records from being withdrawn in this run.</p>`}</section>`;
}

export function goldenSection({ golden, overlap }: Report): Markup {
  if (golden.total === 0) return NOTHING;
  const most = golden.byRecords.slice(0, 12);
  const rest = golden.byRecords.slice(12).reduce((total, row) => total + row.goldenRecords, 0);
  const byRecords = most.map((row) => ({ label: plural(row.records, 'record'), value: row.goldenRecords }));
  if (rest > 0) byRecords.push({ label: 'more', value: rest });
  return html`<section><h2>Golden records</h2><p class="soft">Mean quality ${golden.meanQuality.toFixed(2)}; the largest holds ${plural(golden.largest, 'record')}.</p>
<div class="two"><div><h3>By number of sources</h3>${bars(
    golden.bySources.map((row) => ({ label: plural(row.sources, 'source'), value: row.goldenRecords })),
    'golden records',
  )}</div><div><h3>By number of records</h3>${bars(byRecords, 'golden records')}</div></div>
<h3>Golden records that two sources share</h3>${heatMap(overlap.sources, overlap.cells)}</section>`;
}

/** Bars shown of the pairs of sources that matched most; the table has all of them. */
const PAIRS_SHOWN = 20;

export function matchesSection({ matches, candidates }: Report): Markup {
  const found = matches.filter((row) => row.total > 0).sort((x, y) => y.total - x.total);
  const name = (row: { a: string; b: string }): string => (row.a === row.b ? `within ${row.a}` : `${row.a} – ${row.b}`);
  const chart =
    found.length === 0
      ? html`<p class="soft">No two records match.</p>`
      : stackedBars(
          found.slice(0, PAIRS_SHOWN).map((row) => ({ label: name(row), parts: STAGES.map((stage) => row[stage]) })),
          STAGES,
        );
  const rows = table(
    [text('sources'), ...STAGES.map(n), n('total'), n('kept apart')],
    matches.map((row) => [name(row), ...STAGES.map((stage) => count(row[stage])), count(row.total), count(row.apart)]),
  );
  return html`<section><h2>Matched pairs by stage</h2>${chart}<details><summary class="soft">${plural(matches.length, 'pair')} of sources</summary>${rows}</details>
${
  candidates.kinds.length === 0
    ? NOTHING
    : html`<h3>Candidate pairs by kind of key</h3>${table(
        [text('key'), n('pairs'), n('found by it alone'), n('keys over the cap'), n('records that lost one')],
        candidates.kinds.map((row) => [
          row.kind,
          ...[row.pairs, row.only, row.cutKeys, row.cutRecords].map((figure) => count(figure)),
        ]),
      )}`
}</section>`;
}

export function fieldsSection({ fields, sources, invalid }: Report): Markup {
  const names = [...new Set(fields.map((row) => row.field))];
  const at = new Map(fields.map((row) => [`${row.source}\u001f${row.field}`, row]));
  return html`<section><h2>Fields filled with a valid value</h2>${table(
    [text('field'), ...sources.map(({ source }) => n(source))],
    names.map((field) => [
      field,
      ...sources.map(({ source }) => {
        const row = at.get(`${source}\u001f${field}`);
        return row === undefined || row.records === 0 ? '–' : shareBar(row.share);
      }),
    ]),
  )}${
    invalid.length === 0
      ? NOTHING
      : html`<h3>Values that could not be read in this run</h3>${table(
          [text('source'), text('field'), n('values')],
          invalid.map((row) => [row.source, row.field, count(row.count)]),
        )}`
  }</section>`;
}

export function stepsSection({ steps }: Report): Markup {
  if (steps.length === 0) return NOTHING;
  return html`<section><h2>What every step counted</h2><details><summary class="soft">${plural(steps.length, 'counter')}</summary>${table(
    [text('step'), text('source'), text('outcome'), n('records')],
    steps.map((row) => [row.step, row.source, row.outcome, count(row.count)]),
  )}</details></section>`;
}

export const plural = (amount: number, what: string): string => `${count(amount)} ${what}${amount === 1 ? '' : 's'}`;
export const share = (part: number, whole: number): string => (whole === 0 ? '–' : percent(part / whole));
