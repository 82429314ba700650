import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/platform/database/port.js';
import { type ExportFormat, type ExportName, exportText } from '../../src/report/exports.js';
import { openStore } from '../support/store.js';
import { HOSTILE, seed } from './seed.js';

let database: Database;
beforeAll(async () => {
  database = await openStore();
  await seed(database);
});
afterAll(() => database.close());

async function text(name: ExportName, format?: ExportFormat): Promise<string> {
  let all = '';
  for await (const portion of exportText(database, name, format)) all += portion.text;
  return all;
}

const lines = (of: string): Record<string, unknown>[] =>
  of
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('writes the crosswalk of live records in key order', async () => {
  const rows = ['shop_a,a1,G1', 'shop_a,a2,G2', 'shop_b,b1,G1', 'shop_b,b2,G3', 'shop_b,b3,G3', 'shop_c,c1,G1'];
  expect(await text('crosswalk', 'csv')).toBe(`source,source_id,golden_id\n${rows.join('\n')}\n`);
  expect(lines(await text('crosswalk', 'jsonl'))[0]).toEqual({ source: 'shop_a', source_id: 'a1', golden_id: 'G1' });
});

it('writes golden records, one a line, by id', async () => {
  const golden = lines(await text('golden'));
  expect(golden.map(({ goldenId }) => goldenId)).toEqual(['G1', 'G2', 'G3']);
  expect(golden[0]).toEqual({
    goldenId: 'G1',
    version: 2,
    values: expect.objectContaining({ brand: 'Canon' }),
    lineage: {},
    members: [
      { source: 'shop_a', sourceId: 'a1' },
      { source: 'shop_b', sourceId: 'b1' },
      { source: 'shop_c', sourceId: 'c1' },
    ],
    sources: ['shop_a', 'shop_b', 'shop_c'],
    quality: 0.75,
    validFrom: '2026-03-02T10:00:00.000Z',
  });
  expect(golden[1]?.values).toMatchObject({ title: HOSTILE });
});

it('writes every version there ever was, the current ones without an end', async () => {
  const versions = lines(await text('history'));
  expect(versions.map((row) => [row.goldenId, row.version, row.validTo ?? null, row.change ?? null])).toEqual([
    ['G1', 1, '2026-03-02T10:00:00.000Z', 'changed'],
    ['G1', 2, null, null],
    ['G2', 1, null, null],
    ['G3', 1, null, null],
    ['G8', 1, '2026-03-02T10:00:00.000Z', 'retired'],
  ]);
});

it('writes edges with the lesser key first, and standing decisions of stewards', async () => {
  const [head, ...rows] = (await text('edges')).trimEnd().split('\n');
  expect(head).toBe('source_a,source_id_a,source_b,source_id_b,probability,stage,state,refused');
  expect(rows).toEqual([
    'shop_a,a1,shop_b,b1,0.99,exact,match,',
    'shop_a,a1,shop_c,c1,0.9,fuzzy,match,',
    'shop_a,a1,shop_c,c2,0.9,exact,match,',
    'shop_a,a2,shop_b,b1,0.95,exact,match,gtin_conflict',
    'shop_a,a2,shop_b,b2,0.5,fuzzy,review,',
    'shop_a,a2,shop_c,c3,,steward,cannot_link,',
    'shop_a,a2,shop_c,c3,0.55,fuzzy,review,',
    'shop_b,b1,shop_c,c1,,steward,must_link,',
    'shop_b,b1,shop_c,c1,0.6,fuzzy,review,',
    'shop_b,b2,shop_b,b3,0.8,embedding,match,',
  ]);
});

it('quotes ids that hold separators, quotes and line ends', async () => {
  await database.query(`update source_record set source_id = E'a,"1"\\nx' where rid = 4`);
  try {
    expect(await text('crosswalk')).toContain('shop_a,"a,""1""\nx",G2\n');
  } finally {
    await database.query(`update source_record set source_id = 'a2' where rid = 4`);
  }
});

it('writes more than lies in memory at once, in order and whole', async () => {
  const many = await openStore();
  await many.query(
    `insert into source_record (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, product, golden_id)
     select n, 's', n::text, 0, n, 0, 'c', 'm', '{}', 'g' from generate_series(1, 2500) n`,
  );
  const portions: number[] = [];
  let written = '';
  for await (const { text: part, rows } of exportText(many, 'crosswalk')) {
    portions.push(rows);
    written += part;
  }
  await many.close();
  const ids = written
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1]!);
  expect(ids).toHaveLength(2500);
  expect(ids).toEqual([...ids].sort());
  expect(portions.length).toBeGreaterThan(2);
});

it('refuses a format that it does not have', () => {
  expect(() => exportText(database, 'golden', 'csv')).toThrow(/export golden writes jsonl, not csv/);
});
