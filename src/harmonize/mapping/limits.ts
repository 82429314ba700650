import type { Notes } from './notes.js';

/** Longest values kept, in UTF-16 units; what is cut is counted as `truncated:<field>`. The raw record keeps the whole. */
export const LIMITS = {
  title: 2_000,
  text: 500,
  description: 20_000,
  attribute: 2_000,
  /** Text read at all before cleaning: markup may be much longer than what it says. */
  raw: 200_000,
  /** Elements. */
  images: 50,
  attributes: 500,
  codes: 100,
} as const;

/** The text up to a limit, not cut inside a surrogate pair. */
export function cut(text: string, limit: number, field: string, notes: Notes): string {
  if (text.length <= limit) return text;
  notes.push(`truncated:${field}`);
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit).trimEnd();
}
