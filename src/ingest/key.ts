import { compilePath } from './path.js';

/** A record's id, or why it has none. */
export type KeyReader = (data: unknown) => { id: string } | { reason: string };

/** Bytes of an id in UTF-8: an index entry in Postgres holds at most 2,700. */
const MAX_KEY_BYTES = 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ids with control characters are what this refuses
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Compiles the key of a source: one path, or several whose values are joined with `:`. All of them must have a value. */
export function compileKey(key: string | readonly string[]): KeyReader {
  const parts = (typeof key === 'string' ? [key] : key).map((path) => ({ path, read: compilePath(path) }));
  return (data) => {
    let id = '';
    for (let i = 0; i < parts.length; i++) {
      const { path, read } = parts[i]!;
      const value = read(data);
      const text = typeof value === 'string' ? value.trim() : scalarText(value);
      if (text === undefined) return { reason: `the key "${path}" is not a text or a number` };
      if (text === '') return { reason: `the key "${path}" is missing or empty` };
      id = i === 0 ? text : `${id}:${text}`;
    }
    const reason = refusal(id);
    return reason === undefined ? { id } : { reason };
  };
}

function scalarText(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return undefined;
}

function refusal(id: string): string | undefined {
  if (CONTROL.test(id)) return 'the key contains a control character';
  if (id.length * 3 > MAX_KEY_BYTES && Buffer.byteLength(id) > MAX_KEY_BYTES)
    return `the key is longer than ${MAX_KEY_BYTES} bytes`;
  return LONE_SURROGATE.test(id) ? 'the key is not valid Unicode' : undefined;
}
