/** True for a value that says nothing: absent, null, empty or blank text, an empty list. */
export function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value === '' || value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** Text of a scalar; undefined for objects, lists and numbers that are none. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : undefined;
}

/** The text of a value; of a list its first element that has one; of an XML element with attributes its text. */
export function firstText(value: unknown): string | undefined {
  if (!Array.isArray(value)) return scalarText(value) ?? elementText(value);
  for (const item of value as unknown[]) {
    const text = firstText(item);
    if (text !== undefined && text.trim() !== '') return text;
  }
  return undefined;
}

/** The texts of a scalar or of every scalar in a list. */
export function allTexts(value: unknown): string[] {
  if (!Array.isArray(value)) {
    const text = scalarText(value) ?? elementText(value);
    return text === undefined || text.trim() === '' ? [] : [text];
  }
  return (value as unknown[]).flatMap(allTexts);
}

/** XML readers put an element's text under `#text` beside its attributes, JSON-LD under `@value`. */
function elementText(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { '#text': text, '@value': literal } = value as Record<string, unknown>;
  return scalarText(text ?? literal);
}

/** A mapping (not a list) of keys to values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
