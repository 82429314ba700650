import { count, percent, shorten } from '../../format.js';
import { html, type Markup } from './markup.js';

/** Charts as SVG. Colours come from the page's classes, so that they follow its light or dark theme. */

export interface Bar {
  label: string;
  value: number;
}

/** Horizontal bars with their figures. */
export function bars(rows: readonly Bar[], unit: string): Markup {
  const [row, left, width] = [26, 90, 330];
  const greatest = Math.max(1, ...rows.map(({ value }) => value));
  return html`<svg class="chart small" viewBox="0 0 ${left + width + 90} ${rows.length * row}" role="img" aria-label="${unit}">
${rows.map(({ label, value }, at) => {
  const length = Math.max(value > 0 ? 2 : 0, (value / greatest) * width);
  return html`<g><title>${label}: ${count(value)} ${unit}</title>
<text class="label" x="${left - 10}" y="${at * row + 17}" text-anchor="end">${shorten(label, 16)}</text>
<rect class="bar" x="${left}" y="${at * row + 4}" width="${length.toFixed(1)}" height="${row - 8}" rx="3"/>
<text class="figure" x="${(left + length + 8).toFixed(1)}" y="${at * row + 17}">${count(value)}</text></g>
`;
})}</svg>`;
}

export interface Stack {
  label: string;
  parts: readonly number[];
}

/** Horizontal bars in parts; `names` are the parts, in the order of the classes part0, part1, … */
export function stackedBars(rows: readonly Stack[], names: readonly string[]): Markup {
  const [row, left, width] = [26, 210, 460];
  const total = (stack: Stack): number => stack.parts.reduce((n, part) => n + part, 0);
  const greatest = Math.max(1, ...rows.map(total));
  return html`<p class="legend">${names.map((name, at) => html`<span><i class="part${at}"></i>${name}</span>`)}</p>
<svg class="chart" viewBox="0 0 ${left + width + 90} ${rows.length * row}" role="img" aria-label="Matched pairs by stage">
${rows.map((stack, at) => {
  let x = left;
  const pieces = stack.parts.map((part, index) => {
    const length = (part / greatest) * width;
    const piece = html`<rect class="part${index}" x="${x.toFixed(1)}" y="${at * row + 4}" width="${length.toFixed(1)}" height="${row - 8}"><title>${stack.label}, ${names[index] ?? ''}: ${count(part)}</title></rect>`;
    x += length;
    return piece;
  });
  return html`<g><text class="label" x="${left - 10}" y="${at * row + 17}" text-anchor="end">${shorten(stack.label, 32)}</text>
${pieces}<text class="figure" x="${(x + 8).toFixed(1)}" y="${at * row + 17}">${count(total(stack))}</text></g>
`;
})}</svg>`;
}

/** A square of figures. Shades grow with the root of the figure: overlaps differ by orders of magnitude. The diagonal has no shade. */
export function heatMap(labels: readonly string[], cells: readonly (readonly number[])[]): Markup {
  const [size, left, top] = [52, 150, 26];
  const height = 30;
  const greatest = Math.max(1, ...cells.flatMap((row, at) => row.filter((_, column) => column !== at)));
  const wide = left + labels.length * size;
  return html`<div class="scroll"><svg class="heat" width="${wide}" height="${top + labels.length * height}" viewBox="0 0 ${wide} ${top + labels.length * height}" role="img" aria-label="Golden records that two sources share">
${labels.map((label, at) => html`<text class="label" x="${left + at * size + size / 2}" y="16" text-anchor="middle"><title>${label}</title>${shorten(label, 6)}</text>`)}
${labels.map(
  (
    a,
    row,
  ) => html`<text class="label" x="${left - 10}" y="${top + row * height + 20}" text-anchor="end"><title>${a}</title>${shorten(a, 20)}</text>
${labels.map((b, column) => {
  const n = cells[row]![column]!;
  const own = row === column;
  const shade = own || n === 0 ? 0 : 0.12 + 0.88 * Math.sqrt(n / greatest);
  return html`<g><title>${own ? `${a}: ${count(n)}` : `${a} and ${b}: ${count(n)}`}</title>
<rect class="${own ? 'own' : 'cell'}" x="${left + column * size + 1}" y="${top + row * height + 1}" width="${size - 2}" height="${height - 2}" rx="3" style="fill-opacity:${own ? '1' : shade.toFixed(3)}"/>
<text class="${shade > 0.6 ? 'on' : 'figure'}" x="${left + column * size + size / 2}" y="${top + row * height + 20}" text-anchor="middle">${n === 0 ? '·' : short(n)}</text></g>`;
})}
`,
)}</svg></div>`;
}

/** One share as a small bar with its percentage. */
export function shareBar(share: number): Markup {
  return html`<span class="share"><svg width="56" height="8" viewBox="0 0 56 8" aria-hidden="true"><rect class="track" width="56" height="8" rx="4"/><rect class="bar" width="${(share * 56).toFixed(1)}" height="8" rx="4"/></svg>${percent(share)}</span>`;
}

/** At most five characters: 12,345 is 12.3k. */
function short(n: number): string {
  if (n < 10_000) return count(n);
  return n < 1_000_000 ? `${Number((n / 1000).toPrecision(3))}k` : `${Number((n / 1_000_000).toPrecision(3))}M`;
}
