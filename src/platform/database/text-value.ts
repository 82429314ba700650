/** Reads a column's value from its text between two positions. */
export type Reader = (bytes: Buffer, start: number, end: number) => unknown;
/** Reads a column's value from its text. */
export type Parser = (text: string) => unknown;

const text: Parser = (written) => written;
const bool: Parser = (written) => written === 't';
const bytea: Parser = (written) => new Uint8Array(Buffer.from(written.slice(2), 'hex'));

/** A number where it is exact, else a bigint. */
function wide(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/** The session's time zone is UTC: `2026-01-31 12:00:00.5+00`. */
function timestamp(written: string): Date {
  return new Date(written.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

const array =
  (element: (item: string) => unknown): Parser =>
  (written) =>
    readArray(written, element);

/** By type oid, those whose text is ASCII; what is in neither map comes as text. */
const PLAIN = new Map<number, Parser>([
  [16, bool],
  [17, bytea],
  [20, wide],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, Number],
  [701, Number],
  [1184, timestamp],
  [1000, array(bool)],
  [1001, array(bytea)],
  [1005, array(Number)],
  [1007, array(Number)],
  [1016, array(wide)],
  [1021, array(Number)],
  [1022, array(Number)],
  [1028, array(Number)],
  [1182, array(String)],
  [1185, array(timestamp)],
  [1231, array(String)],
  [2951, array(String)],
]);

const UNICODE = new Map<number, Parser>([
  [114, JSON.parse],
  [3802, JSON.parse],
  [199, array(JSON.parse)],
  [1002, array(String)],
  [1009, array(String)],
  [1014, array(String)],
  [1015, array(String)],
  [3807, array(JSON.parse)],
]);

/** How a value of a type is read from its text. */
export function parserOf(oid: number): Parser {
  return PLAIN.get(oid) ?? UNICODE.get(oid) ?? text;
}

/** How a value of a type is read from where its text lies. */
export function readerOf(oid: number): Reader {
  return READERS.get(oid) ?? ((bytes, start, end) => bytes.toString('utf8', start, end));
}

const reader =
  (parse: Parser, encoding: 'latin1' | 'utf8'): Reader =>
  (bytes, start, end) =>
    parse(bytes.toString(encoding, start, end));
const READERS = new Map<number, Reader>([
  ...[...PLAIN].map(([oid, parse]) => [oid, reader(parse, 'latin1')] as const),
  ...[...UNICODE].map(([oid, parse]) => [oid, reader(parse, 'utf8')] as const),
]);

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
