/** Numbers and values as people read them: the same in the terminal and in HTML, whatever the locale of the machine. */

export const count = (n: number): string => Math.round(n).toLocaleString('en-US');

/** A share of 0..1 in percent: `97.3%`; what is not quite all or nothing never reads as 100% or 0%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share > 0.999 && share < 1) return '>99.9%';
  const value = share * 100;
  return `${Number.isInteger(value) ? value : value.toFixed(1)}%`;
}

export function seconds(value: number): string {
  if (value < 60) return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} s`;
  const minutes = Math.floor(value / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(value % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `12 CPU s, peak memory 1,200 MB`, with a comma before it; nothing where it is not known. */
export const costs = (of: { cpuSeconds: number; peakMemoryMb: number } | null): string =>
  of === null
    ? ''
    : `, ${of.cpuSeconds < 10 ? of.cpuSeconds.toFixed(1) : count(of.cpuSeconds)} CPU s, peak memory ${count(of.peakMemoryMb)} MB`;

/** `2026-03-02 10:00:00 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** Any JSON value on one line; prices as `1,000 EUR`. */
export function value(of: unknown): string {
  if (of === null || of === undefined) return '–';
  if (typeof of === 'string') return of;
  if (typeof of === 'number' || typeof of === 'boolean') return String(of);
  if (Array.isArray(of)) return of.map(value).join(', ');
  const object = of as Record<string, unknown>;
  if (typeof object.amount === 'number')
    return `${object.amount.toLocaleString('en-US', { maximumFractionDigits: 4 })} ${value(object.currency ?? '')}`.trimEnd();
  if (typeof object.value === 'number') return `${object.value} ${value(object.unit ?? '')}`.trimEnd();
  return Object.entries(object)
    .map(([name, inner]) => `${name}: ${value(inner)}`)
    .join(', ');
}

/** The first `width` characters; what was cut is shown by an ellipsis. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Names of changes as people read them. */
export const CHANGE_NAMES: Readonly<Record<string, string>> = {
  price_change: 'price change',
  attribute_change: 'attribute change',
  merged: 'merged',
  split: 'split',
  moved: 'moved',
  withdrawn: 'withdrawn',
};

/** Share of a counter that is told beside it, or nothing where there is nothing to divide by. */
export const shareOf = (part: number, whole: number): string => (whole === 0 ? '' : percent(part / whole));
