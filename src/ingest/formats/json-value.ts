/** Values nested deeper than this are refused: what comes after would recurse into them. */
export const MAX_DEPTH = 64;

/**
 * Parses JSON text. Whole numbers that a double cannot hold (ids of 17 digits and more) become text with the same digits
 * instead of another number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return JSON.parse(/\d{16}/.test(text) ? quoteLongIntegers(text) : text);
}

/** Whether objects and arrays are nested deeper than `MAX_DEPTH`. */
export function isTooDeep(value: unknown, left = MAX_DEPTH): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, left - 1));
  for (const name in value) if (isTooDeep((value as Record<string, unknown>)[name], left - 1)) return true;
  return false;
}

function quoteLongIntegers(text: string): string {
  let result = '';
  let from = 0;
  const digits = /-?\d{16,}/y;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      const end = stringEnd(text, at + 1);
      if (end < 0) break;
      at = end;
      continue;
    }
    if (code !== 45 && (code < 48 || code > 57)) {
      at++;
      continue;
    }
    digits.lastIndex = at;
    const number = digits.exec(text)?.[0];
    if (number === undefined) {
      // A shorter number, or one with a fraction: over it as a whole, so that its fraction is not read as a number.
      at++;
      while (at < text.length && /[\d.eE+-]/.test(text[at]!)) at++;
      continue;
    }
    const end = at + number.length;
    if (!Number.isSafeInteger(Number(number)) && !/[.eE]/.test(text[end] ?? '')) {
      result += `${text.slice(from, at)}"${number}"`;
      from = end;
    }
    at = end;
    while (at < text.length && /[\d.eE+-]/.test(text[at]!)) at++;
  }
  return result + text.slice(from);
}

/** Position after the closing quote of a string whose content starts at `at`; -1 when it is not closed. */
export function stringEnd(text: string, at: number): number {
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 92 && quote - 1 - backslashes >= at) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
