/** Reads a column's value from its text between two positions. */
export type Reader = (bytes: Buffer, start: number, end: number) => unknown;

const text: Reader = (bytes, start, end) => bytes.toString('utf8', start, end);
const number: Reader = (bytes, start, end) => Number(bytes.toString('latin1', start, end));
const json: Reader = (bytes, start, end) => JSON.parse(bytes.toString('utf8', start, end));
const bool: Reader = (bytes, start) => bytes[start] === 0x74;
const bytea: Reader = (bytes, start, end) =>
  new Uint8Array(Buffer.from(bytes.toString('latin1', start + 2, end), 'hex'));
const time: Reader = (bytes, start, end) => timestamp(bytes.toString('latin1', start, end));
const int8: Reader = (bytes, start, end) => wide(bytes.toString('latin1', start, end));

/** A number where it is exact, else a bigint. */
function wide(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/** The session's time zone is UTC: `2026-01-31 12:00:00.5+00`. */
function timestamp(written: string): Date {
  return new Date(written.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

function array(element: (item: string) => unknown): Reader {
  return (bytes, start, end) => readArray(bytes.toString('utf8', start, end), element);
}

/** By type oid; what is not listed comes as text. */
const READERS = new Map<number, Reader>([
  [16, bool],
  [17, bytea],
  [20, int8],
  [21, number],
  [23, number],
  [26, number],
  [114, json],
  [700, number],
  [701, number],
  [1184, time],
  [3802, json],
  [199, array(JSON.parse)],
  [1000, array((item) => item === 't')],
  [1001, array((item) => new Uint8Array(Buffer.from(item.slice(2), 'hex')))],
  [1002, array(String)],
  [1005, array(Number)],
  [1007, array(Number)],
  [1009, array(String)],
  [1014, array(String)],
  [1015, array(String)],
  [1016, array(wide)],
  [1021, array(Number)],
  [1022, array(Number)],
  [1028, array(Number)],
  [1182, array(String)],
  [1185, array(timestamp)],
  [1231, array(String)],
  [2951, array(String)],
  [3807, array(JSON.parse)],
]);

export function readerOf(oid: number): Reader {
  return READERS.get(oid) ?? text;
}

/** Postgres' array literal: `{1,NULL,"a \"b\"",{…}}`. */
export function readArray(literal: string, element: (item: string) => unknown): unknown[] {
  // Bounds other than 1 are written before the value: [0:1]={…}.
  let at = literal.indexOf('{') + 1;
  return list();

  function list(): unknown[] {
    const items: unknown[] = [];
    while (literal[at] !== '}') {
      if (literal[at] === ',') at++;
      else if (literal[at] === '{') {
        at++;
        items.push(list());
      } else items.push(item());
    }
    at++;
    return items;
  }

  function item(): unknown {
    if (literal[at] !== '"') {
      const start = at;
      while (literal[at] !== ',' && literal[at] !== '}') at++;
      const plain = literal.slice(start, at);
      return plain === 'NULL' ? null : element(plain);
    }
    let value = '';
    let start = ++at;
    for (; literal[at] !== '"'; at++) {
      if (literal[at] !== '\\') continue;
      value += literal.slice(start, at);
      start = ++at;
    }
    value += literal.slice(start, at++);
    return element(value);
  }
}
