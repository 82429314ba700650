/** A date, or date and time, with an optional zone; without one it is UTC, so that no machine reads it differently. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;
const MAIL = /^(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC|[+-]\d{4})$/;

/**
 * Milliseconds since 1970 of a source's timestamp: ISO 8601, `2026-08-09 06:00`, mail and HTTP dates, or seconds or
 * milliseconds since 1970. Undefined when it is none of these or before 1970.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value === 'number') return epoch(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{9,14}(\.\d+)?$/.test(text)) return epoch(Number(text));
  const iso = ISO.exec(text);
  const time = iso ? fromParts(iso) : MAIL.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) && time >= 0 ? time : undefined;
}

/** Seconds up to the year 5138, milliseconds from 1973 on. */
function epoch(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const ms = value < 1e11 ? value * 1000 : value;
  return ms < 8.64e15 ? Math.round(ms) : undefined;
}

function fromParts(parts: RegExpExecArray): number {
  const number = (i: number) => Number(parts[i] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return Number.NaN;
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return Date.UTC(year, month - 1, day, hour, minute, second, ms) - zoneMs(parts[8]);
}

function zoneMs(zone: string | undefined): number {
  const signed = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!signed) return 0;
  const minutes = Number(signed[2]) * 60 + Number(signed[3] ?? 0);
  return (signed[1] === '-' ? -minutes : minutes) * 60_000;
}
