import { CHANGE_NAMES, count, percent, value } from '../../format.js';
import type { ConflictExample, GoldenExample, PairExample, Report } from '../../types.js';
import { plural, share } from './figures.js';
import { html, type Markup, NOTHING } from './markup.js';
import { n, table, text, titled, wide } from './table.js';

/** Sections that show findings with examples. */

export function conflictsSection({ conflicts }: Report): Markup {
  const left = conflicts.attributesLeftOut;
  const rows = [
    ...conflicts.prices.map((row) => ({ ...row, name: `price ${row.currency || '(no currency)'}` })),
    ...conflicts.attributes.map((row) => ({ ...row, name: row.attribute })),
  ];
  return html`<section><h2>Conflicts inside golden records</h2>
<p class="soft">Prices count when they are more than ${percent(conflicts.priceTolerance)} apart. Case and separators do not count.</p>
${table(
  [text('attribute'), n('compared'), n('in conflict'), n('share'), wide('examples')],
  rows.map((row) => [
    row.name,
    count(row.compared),
    count(row.conflicting),
    share(row.conflicting, row.compared),
    row.examples.map(conflictExample).reduce((all, one) => html`${all}${one}`, NOTHING),
  ]),
)}${
  left.attributes === 0
    ? NOTHING
    : html`<p class="soft">${plural(left.attributes, 'more attribute')} with ${plural(left.conflicting, 'conflict')}.</p>`
}</section>`;
}

function conflictExample(example: ConflictExample): Markup {
  return html`<details><summary><bdi>${example.title}</bdi> <code>${example.goldenId}</code></summary><ul>
<li>taken: <bdi>${value(example.taken)}</bdi></li>
${example.values.map((entry) => html`<li>${entry.source} <code>${entry.sourceId}</code>: <bdi>${value(entry.value)}</bdi></li>`)}
${example.moreRecords === 0 ? '' : html`<li class="soft">${plural(example.moreRecords, 'more record')}</li>`}</ul></details>`;
}

export function changesSection({ changes }: Report): Markup {
  const counts: [string, number][] = [
    ['created', changes.created],
    ['changed', changes.changed],
    ['retired', changes.retired],
    ['merged', changes.merged],
    ['split', changes.split],
    ['moved records', changes.moved],
    ['withdrawn', changes.withdrawn],
    ['price changes', changes.priceChanges],
    ['attribute changes', changes.attributeChanges],
  ];
  return html`<section><h2>Changes since the run before</h2><div class="cards">${counts.map(
    ([name, figure]) => html`<div><b>${count(figure)}</b><span>${name}</span></div>`,
  )}</div>${titled(
    'Examples',
    [text('change'), wide('product'), text('source'), text('before'), text('after')],
    changes.examples.map((row) => [
      CHANGE_NAMES[row.kind] ?? row.kind,
      html`<bdi>${row.title}</bdi> <code>${row.goldenId}</code>`,
      html`${row.source} <code>${row.sourceId}</code>`,
      value(row.before),
      value(row.after),
    ]),
  )}</section>`;
}

const pair = ({ a, b }: PairExample): Markup =>
  html`<bdi>${a.title}</bdi> <span class="soft">${a.source}</span> <code>${a.sourceId}</code><br><bdi>${b.title}</bdi> <span class="soft">${b.source}</span> <code>${b.sourceId}</code>`;

export function reviewSection({ review, worst }: Report): Markup {
  const stages = review.byStage.map((row) => `${row.stage} ${count(row.pairs)}`).join(', ');
  return html`<section><h2>Review</h2><p class="soft">${plural(review.pairs, 'pair')} in the queue${stages === '' ? '' : ` (${stages})`}.</p>${titled(
    'Most probable pairs that wait for a steward',
    [n('probability'), text('stage'), wide('records')],
    review.examples.map((row) => [row.probability.toFixed(3), row.stage, pair(row)]),
  )}${titled(
    'Matches that clustering refused to follow',
    [text('reason'), n('pairs'), wide('most probable')],
    worst.refusedEdges.map((row) => [row.reason, count(row.pairs), pair(row.example)]),
  )}</section>`;
}

const golden = (row: GoldenExample): Markup[] => [
  html`<bdi>${row.title}</bdi> <code>${row.goldenId}</code>`,
  html`${count(row.records)}`,
  html`${count(row.sources.length)}`,
  html`${row.quality.toFixed(2)}`,
];

export function worstSection({ worst, deadLetters }: Report): Markup {
  const columns = [wide('golden record'), n('records'), n('sources'), n('quality')];
  return html`<section><h2>Where to look first</h2>${titled('Lowest quality', columns, worst.lowestQuality.map(golden))}${titled(
    'Largest golden records',
    columns,
    worst.largestClusters.map(golden),
  )}<h3>Dead letters</h3><p class="soft">${count(deadLetters.open)} open, ${count(deadLetters.retried)} retried, ${count(deadLetters.dropped)} dropped.</p>
<div class="two">${table(
    [text('source'), n('open')],
    deadLetters.bySource.map((row) => [row.source, count(row.open)]),
  )}${table(
    [text('code'), text('step'), n('open'), wide('example')],
    deadLetters.byCode.map((row) => [
      row.code,
      row.step,
      count(row.open),
      html`<code>${row.example.id}</code> <bdi>${row.example.reason}</bdi>`,
    ]),
  )}</div></section>`;
}
