import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { seeded } from '../support/seeded.js';

/** A record of a generated feed. Its id stands in its text, so that a dead letter can be told to be its. */
export interface GoodRecord {
  id: string;
  title: string;
  price: string;
}

export const LIMIT = 65_536;
type Random = () => number;

export interface Format {
  name: string;
  connector: Record<string, unknown>;
  write(record: GoodRecord): string;
  wrap(records: readonly string[]): string;
  /** What may happen to one record's text. The record may be lost; no other may. */
  harms: Record<string, (text: string, record: GoodRecord, random: Random) => string | Buffer>;
}

const TITLES = ['Kamera «X» 15.6" 4K', 'חלב 3% ליטר', 'Ёлка, 2 шт.', 'Σοκολάτα; 100 g', 'café | crème', "l'été \\ n"];

export function goodRecords(seed: number, count: number): GoodRecord[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `id-${seed}-${i}-x`,
    title: `${TITLES[Math.floor(random() * TITLES.length)]} ${i}`,
    price: (random() * 1000).toFixed(2),
  }));
}

const invalid = (text: string, record: GoodRecord): Buffer => {
  const bytes = Buffer.from(text);
  bytes[bytes.indexOf(record.price)] = 0xfe;
  return bytes;
};
const huge = (text: string, record: GoodRecord): string => text.replace(record.price, 'x'.repeat(200_000));
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const csv: Format = {
  name: 'csv',
  connector: { type: 'csv' },
  write: ({ id, title, price }) => [quote(id), quote(title), price].join(','),
  wrap: (records) => ['id,title,price', ...records, ''].join('\n'),
  harms: {
    'a cell too few': (_, { id, price }) => `${id},${price}`,
    'a cell too many': (text) => `${text},more`,
    'a quote that is not closed': (text) => text.replace('","', '",'),
    'a quote at the end': (text) => `${text}"`,
    'a quote at the start': (_, { id, title }) => `"${id},${title.replaceAll('"', '')},1`,
    'text after a quoted cell': (text) => text.replace('","', '"x,"'),
    'bytes that are no UTF-8': invalid,
    'a cell that is too large': huge,
    'a quoted cell with many lines that is too large': (text, { price }) =>
      text.replace(price, `"${'x'.repeat(200_000)}"`),
    'a NUL in the key': (text, { id }) => text.replace(id, `${id}\0`),
    'an empty key': (text, { id, title }) => text.replace(id, '').replace(quote(title), quote(`${id} ${title}`)),
    'a NUL in a cell': (text, { price }) => text.replace(price, `${price}\0`),
    'a line end in the middle': (_, { id, title }) => `${id}\n${title.replaceAll(/[,"]/g, '')}`,
  },
};

const jsonHarms: Format['harms'] = {
  'a brace that is missing': (text) => text.replace(/\}\s*$/, ''),
  'a quote that is missing': (text) => text.replace(/"(,?\s*"price)/, '$1'),
  'a comma too many': (text) => text.replace(/\}\s*$/, ',,}'),
  'a word that is no value': (text, { price }) => text.replace(`"${price}"`, 'NaN'),
  'bytes that are no UTF-8': invalid,
  'a value that is too large': huge,
  'nesting that is too deep': (text, { price }) => text.replace(`"${price}"`, nested(500)),
  'nesting that is far too deep': (text, { price }) => text.replace(`"${price}"`, nested(20_000)),
  'an array in place of the record': (text) => `[${text}]`,
  'a key that is no text': (text, { id }) => text.replace(`"${id}"`, `{"a": "${id}"}`),
  'a key with a control character': (text, { id }) => text.replace(id, `${id}\\u0000`),
  'a lone surrogate in a value': (text, { price }) => text.replace(price, '\\ud800'),
};

const jsonl: Format = {
  name: 'jsonl',
  connector: { type: 'jsonl' },
  write: (record) => JSON.stringify(record),
  wrap: (records) => `${records.join('\n')}\n`,
  harms: { ...jsonHarms, garbage: (_, { id }, random) => `%% ${id} ${random()}` },
};

const json: Format = {
  name: 'json',
  connector: { type: 'json', items: 'items' },
  write: (record) => `    ${JSON.stringify(record, null, 2).replaceAll('\n', '\n    ')}`,
  wrap: (records) => `{\n  "meta": {"n": ${records.length}},\n  "items": [\n${records.join(',\n')}\n  ]\n}\n`,
  harms: jsonHarms,
};

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const xml: Format = {
  name: 'xml',
  connector: { type: 'xml', element: 'item' },
  write: ({ id, title, price }) =>
    `<item n="1"><id>${id}</id><title>${escapeXml(title)}</title><price>${price}</price></item>`,
  wrap: (records) => `<?xml version="1.0" encoding="UTF-8"?>\n<feed>\n${records.join('\n')}\n</feed>\n`,
  harms: {
    'a bare ampersand': (text) => text.replace('<title>', '<title>a & b; '),
    'an entity that is not known': (text) => text.replace('<title>', '<title>&nbsp;'),
    'an end tag that is missing': (text) => text.replace('</title>', ''),
    'a record that is not closed': (text) => text.replace('</item>', ''),
    'an end tag too many': (text) => text.replace('<price>', '</nothing><price>'),
    'an attribute without quotes': (text) => text.replace('n="1"', 'n=1'),
    'a bare angle bracket': (text) => text.replace('<title>', '<title>a < b '),
    'bytes that are no UTF-8': invalid,
    'a NUL': (text, { price }) => text.replace(price, `${price}\0`),
    'a value that is too large': huge,
    'nesting that is too deep': (text, { price }) => text.replace(price, `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`),
    'a key without text': (text, { id }) => text.replace(`<id>${id}</id>`, `<id/><x>${id}</x>`),
  },
};

export const formats: readonly Format[] = [csv, jsonl, json, xml];

/** What may happen to a whole feed. `lost`: which records may be lost. */
export interface FeedHarm {
  name: string;
  apply(text: string, random: Random): Buffer;
  complete: boolean;
  mayLose: 'all' | 'tail';
}

export const feedHarms: readonly FeedHarm[] = [
  {
    name: 'gzip that is cut',
    apply: (text, random) => {
      const packed = gzipSync(text);
      return packed.subarray(0, 20 + Math.floor(random() * (packed.length - 30)));
    },
    complete: false,
    mayLose: 'tail',
  },
  {
    name: 'gzip with damage',
    apply: (text, random) => {
      const packed = gzipSync(text);
      packed.fill(0x5a, 40 + Math.floor(random() * (packed.length / 2)), packed.length - 4);
      return packed;
    },
    complete: false,
    // Damage can decompress to other digits before the checksum at the end is reached.
    mayLose: 'all',
  },
  { name: 'HTML', apply: () => Buffer.from('<!DOCTYPE html><html><p>503</p></html>'), complete: false, mayLose: 'all' },
  { name: 'nothing', apply: () => Buffer.alloc(0), complete: false, mayLose: 'all' },
  { name: 'UTF-16 without a mark', apply: (text) => iconv.encode(text, 'utf-16le'), complete: true, mayLose: 'tail' },
  {
    name: 'UTF-16 with a mark',
    apply: (text) => iconv.encode(text, 'utf-16be', { addBOM: true }),
    complete: true,
    mayLose: 'tail',
  },
  {
    name: 'random bytes',
    apply: (_, random) => Buffer.from(Array.from({ length: 5000 }, () => 2 + Math.floor(random() * 253))),
    complete: false,
    mayLose: 'all',
  },
];
