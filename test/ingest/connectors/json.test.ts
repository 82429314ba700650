import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { read, scratchFolder } from '../support.js';

const { folder, remove } = scratchFolder();
afterAll(remove);

const json = (content: string | Buffer, options: Record<string, unknown> = {}, context = {}) => {
  writeFileSync(join(folder, 'feed.json'), content);
  return read({ type: 'json', path: 'feed.json', ...options }, folder, context);
};
const ids = ({ data }: { data: Record<string, unknown>[] }) => data.map(({ id }) => id);

const records = Array.from({ length: 12_000 }, (_, i) => ({
  id: i,
  title: `a "b" \\ [${i}] {x}`,
  tags: [i, { n: null }],
}));

describe('a JSON array', () => {
  it('is read element by element, however it is written', async () => {
    for (const text of [
      JSON.stringify(records),
      JSON.stringify(records, null, 2),
      JSON.stringify({ meta: 1, items: records }),
    ])
      expect((await json(text)).data).toEqual(records);
  });

  it('is found by its path, past look-alikes', async () => {
    const text = JSON.stringify({
      products: { list: 'no "products" [' },
      data: { other: [[1]], products: [{ id: 1 }] },
    });
    expect(ids(await json(text, { items: 'data.products' }))).toEqual([1]);
    expect((await json(text, { items: 'data.none' })).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
  });

  it('is one record when the document is', async () => {
    expect((await json(' {"id": 7, "codes": [1, 2]}\n', { items: '.' })).data).toEqual([{ id: 7, codes: [1, 2] }]);
  });

  it('keeps whole numbers that a double cannot hold', async () => {
    const { data } = await json(
      '[{"id": 12345678901234567890, "s": "12345678901234567890", "n": 1234567890123456.5, "e": -9007199254740993}]',
    );
    expect(data).toEqual([
      { id: '12345678901234567890', s: '12345678901234567890', n: 1234567890123456.5, e: '-9007199254740993' },
    ]);
  });

  it('loses an element that is not JSON, not the ones after it', async () => {
    const reading = await json(`[{"id":1},{"id":2,,},{'id':3},{"id":4}, nonsense ,{"id":5},]`);
    expect(ids(reading)).toEqual([1, 4, 5]);
    expect(reading.faults.map(({ original }) => original)).toEqual(['{"id":2,,}', "{'id':3}", 'nonsense']);
  });

  it.each([
    ['a quote', '"title": "b', '"title": b'],
    ['a bracket', '"tags": [', '"tags": '],
    ['a brace', '  },', '  ,'],
  ])('loses one element to %s that is missing, where elements start their own lines', async (_, good, bad) => {
    const some = records.slice(0, 50).map(({ id }) => ({ id, title: 'b', tags: [1] }));
    const text = JSON.stringify(some, null, 2).split('\n  {');
    text[25] = text[25]!.replace(good, bad);
    const reading = await json(text.join('\n  {'));
    expect(ids(reading)).toEqual(some.map(({ id }) => id).filter((id) => id !== 24));
    expect(reading.faults.length).toBeGreaterThan(0);
    expect(reading.faults[0]?.code).toBe('RECORD_MALFORMED');
  });

  it('says that the rest cannot be told apart where it cannot', async () => {
    const reading = await json('[{"id":1},{"id":2,"t":"x},{"id":3},{"id":4}]');
    expect(ids(reading)).toEqual([1]);
    expect(reading.faults.map(({ code }) => code)).toContain('SOURCE_MALFORMED');
  });

  it('puts elements that are too large or too deep aside', async () => {
    const large = `{"id":1,"t":"${'x\\"'.repeat(800_000)}","u":[{}]}`;
    const deep = `{"id":2,"x":${'['.repeat(70)}${']'.repeat(70)}}`;
    const reading = await json(`[{"id":0},${large},${deep},{"id":3}]`);
    expect(ids(reading)).toEqual([0, 3]);
    expect(reading.faults.map(({ reason }) => reason)).toEqual([
      'the element is larger than max_record_bytes (1048576)',
      'the record is nested deeper than 64 levels',
    ]);
  });

  it('gives the elements before a cut, and says so', async () => {
    const text = JSON.stringify(records);
    const cut = await json(text.slice(0, text.length / 2));
    expect(cut.data.length).toBeGreaterThan(4000);
    expect(cut.data).toEqual(records.slice(0, cut.data.length));
    expect(cut.faults.map(({ code }) => code)).toContain('SOURCE_MALFORMED');
    const packed = gzipSync(text);
    const gzip = await json(packed.subarray(0, packed.length / 2));
    expect(gzip.data).toEqual(records.slice(0, gzip.data.length));
    expect(gzip.faults.at(-1)?.reason).toContain('gzip');
  });

  it('tells JSON Lines, HTML and nothing from JSON', async () => {
    expect((await json('{"id":1}\n{"id":2}\n')).faults[0]?.reason).toContain('jsonl');
    expect((await json('<!doctype html><html></html>')).faults[0]?.reason).toContain('HTML');
    expect((await json('')).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
  });
});

describe('JSON Lines', () => {
  const jsonl = (content: string | Buffer) => {
    writeFileSync(join(folder, 'feed.jsonl'), content);
    return read({ type: 'jsonl', path: 'feed.jsonl' }, folder);
  };

  it('are read line by line, with the line of each fault', async () => {
    const reading = await jsonl('{"id":1}\r\n\n{"id":2\n{"id":3}\n[4]\nnull\n{"id":5}');
    expect(reading.data).toEqual([{ id: 1 }, { id: 3 }, [4], null, { id: 5 }]);
    expect(reading.faults.map(({ origin, original }) => [origin.split(':').at(-1), original])).toEqual([
      ['3', '{"id":2'],
    ]);
  });

  it('are read past lines that are too large, too deep or damaged', async () => {
    const bad = Buffer.from('{"id":4,"t":"caf\u00e9"}\n', 'latin1');
    const reading = await jsonl(
      Buffer.concat([
        Buffer.from(
          `{"id":1}\n{"id":2,"t":"${'x'.repeat(3_000_000)}"}\n{"id":3,"x":${'['.repeat(9000)}${']'.repeat(9000)}}\n`,
        ),
        bad,
        Buffer.from(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`),
      ]),
    );
    expect(reading.data).toEqual([{ id: 1 }, ...records]);
    expect(reading.faults.map(({ origin }) => origin.split(':').at(-1))).toEqual(['2', '3', '4']);
  });

  it('are told from an array and from HTML', async () => {
    expect((await jsonl('[\n{"id":1}\n]')).faults.map(({ reason }) => reason.includes('"json"'))).toEqual([true]);
    expect((await jsonl('[{"id":1}]')).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
    expect((await jsonl('<html>\n<body>\n')).faults).toHaveLength(1);
  });

  it('are not trusted in the line where they were cut', async () => {
    const packed = gzipSync(records.map((record) => JSON.stringify(record)).join('\n'));
    const { data, faults } = await jsonl(packed.subarray(0, packed.length - 100));
    expect(data).toEqual(records.slice(0, data.length));
    expect(faults.at(-1)?.code).toBe('SOURCE_MALFORMED');
  });
});
