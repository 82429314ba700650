/**
 * JavaScript values as Postgres reads them in text format. Arrays (typed arrays too) become array literals, other
 * objects JSON, Uint8Array bytea, Date an ISO timestamp; null and undefined are null.
 */
export function valueText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return arrayText(value);
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array)
        return `\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
      if (ArrayBuffer.isView(value)) return arrayText(value as unknown as ArrayLike<number>);
      return JSON.stringify(value);
    case 'undefined':
      return null;
    default:
      throw new TypeError(`a ${typeof value} cannot be a database value`);
  }
}

function arrayText(values: ArrayLike<unknown>): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    const value = values[i];
    if (typeof value === 'string') text += quoted(value);
    else if (Array.isArray(value)) text += arrayText(value);
    else {
      const plain = valueText(value);
      if (plain === null) text += 'NULL';
      else text += typeof value === 'object' ? quoted(plain) : plain;
    }
  }
  return `${text}}`;
}

const TO_QUOTE = /["\\]/;

function quoted(text: string): string {
  return TO_QUOTE.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

const TO_ESCAPE = /[\\\n\r\t]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One field of COPY's text format. */
export function copyField(value: unknown): string {
  const text = valueText(value);
  if (text === null) return '\\N';
  return TO_ESCAPE.test(text) ? text.replace(/[\\\n\r\t]/g, (c) => ESCAPES[c] as string) : text;
}
