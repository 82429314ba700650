import { html, type Markup, NOTHING } from './markup.js';

export type Cell = Markup | string;

/** A column's kind: `text`, `wide` text that may wrap, or a number `n`. */
export interface Column {
  name: string;
  kind?: 'text' | 'wide' | 'n';
}

/** A table, or nothing when it has no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  if (rows.length === 0) return NOTHING;
  const kind = (at: number): string => columns[at]?.kind ?? 'text';
  return html`<div class="scroll"><table><thead><tr>${columns.map(({ name }, at) => html`<th class="${kind(at)}">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class="${kind(at)}" dir="auto">${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

/** A table under its heading, or nothing when it has no rows. */
export function titled(title: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  return rows.length === 0 ? NOTHING : html`<h3>${title}</h3>${table(columns, rows)}`;
}

export const n = (name: string): Column => ({ name, kind: 'n' });
export const wide = (name: string): Column => ({ name, kind: 'wide' });
export const text = (name: string): Column => ({ name });
