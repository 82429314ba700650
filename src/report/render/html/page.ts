import { costs, count, moment, seconds } from '../../format.js';
import type { Report } from '../../types.js';
import { fieldsSection, goldenSection, matchesSection, plural, sourcesSection, stepsSection } from './figures.js';
import { changesSection, conflictsSection, reviewSection, worstSection } from './findings.js';
import { html, Markup, NOTHING } from './markup.js';
import { STYLE } from './style.js';

/**
 * The report as one page that needs nothing else: no script, no font, no image, no request (its policy forbids them), so it
 * can be mailed or kept. Text of the feeds is escaped wherever it stands.
 */
export function renderHtml(report: Report): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Assay: reconciliation report</title><style>${new Markup(STYLE)}</style></head><body><main>
${head(report)}
${sourcesSection(report)}
${goldenSection(report)}
${matchesSection(report)}
${fieldsSection(report)}
${conflictsSection(report)}
${changesSection(report)}
${reviewSection(report)}
${worstSection(report)}
${stepsSection(report)}
</main></body></html>
`.text;
}

function head({ run, totals, snapshot, generatedAt }: Report): Markup {
  const told =
    run === null
      ? html`Nothing has run yet.`
      : html`Run ${run.id} (${run.kind}, ${run.status}), started ${moment(run.startedAt)}${run.seconds === null ? '' : `, took ${seconds(run.seconds)}`}${costs(run.resources)}.`;
  const cards: [number, string][] = [
    [totals.records, 'live records'],
    [totals.sources, 'sources'],
    [totals.goldenRecords, 'golden records'],
    [totals.reviewPairs, 'pairs to review'],
    [totals.openDeadLetters, 'open dead letters'],
    [totals.withdrawnRecords, 'withdrawn'],
    [totals.unresolvedRecords, 'not resolved yet'],
  ];
  const age =
    snapshot === null
      ? NOTHING
      : html`<p class="soft">Corpus snapshot <code>${snapshot.id}</code> (${snapshot.model}) of ${moment(snapshot.takenAt)}: ${plural(snapshot.recordsThen, 'record')} then, ${count(snapshot.recordsNow)} now.</p>`;
  return html`<h1>Reconciliation report</h1><p class="soft">${told} Written ${moment(generatedAt)}.</p>${age}${notes(run)}
<div class="cards">${cards.map(([figure, name]) => html`<div><b>${count(figure)}</b><span>${name}</span></div>`)}</div>`;
}

function notes(run: Report['run']): Markup {
  if (run === null) return NOTHING;
  const steps = run.steps.map((row) => `${row.step} ${seconds(row.seconds)}`).join(', ');
  return html`${steps === '' ? '' : html`<p class="soft">Steps: ${steps}.</p>`}${run.error === null ? '' : html`<p class="warn">Failed: ${run.error}</p>`}${run.notices.map(
    (notice) => html`<p class="warn">${notice.source}: <bdi>${notice.message}</bdi> <code>${notice.code}</code></p>`,
  )}`;
}
