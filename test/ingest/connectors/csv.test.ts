import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read, scratchFolder } from '../support.js';

let root: string;
let outside: string;
const scratch = scratchFolder();
beforeAll(() => {
  root = join(scratch.folder, 'feeds');
  outside = join(scratch.folder, 'outside');
  mkdirSync(root);
  mkdirSync(outside);
});
afterAll(() => scratch.remove());

const put = (name: string, content: string | Buffer): string => {
  writeFileSync(join(root, name), content);
  return name;
};
const csv = (path: string, options: Record<string, unknown> = {}, context = {}) =>
  read({ type: 'csv', path, ...options }, root, context);

describe('rows', () => {
  it('reads cells as they stand, with quotes, line ends in cells and empty lines', async () => {
    const { data, faults, items } = await csv(
      put('plain.csv', 'id,title\r\n1,"15.6"" laptop, black"\r\n\r\n2,"two\nlines"\r\n3,5" disk\r\n4,'),
    );
    expect(faults).toEqual([]);
    expect(data).toEqual([
      { id: '1', title: '15.6" laptop, black' },
      { id: '2', title: 'two\nlines' },
      { id: '3', title: '5" disk' },
      { id: '4', title: '' },
    ]);
    expect(items.map((item) => ('origin' in item ? item.origin.replace(/.*:/, '') : ''))).toEqual(['2', '4', '6', '7']);
  });

  it('finds the delimiter and the line end', async () => {
    for (const [name, delimiter, newline] of [
      ['semicolon', ';', '\n'],
      ['tab', '\t', '\r\n'],
      ['bar', '|', '\r'],
    ] as const) {
      const rows = [
        ['id', 'title', 'price'],
        ['1', '"a, b, c"', '1,50'],
        ['2', 'd', '2,50'],
      ];
      const { data } = await csv(put(`${name}.csv`, rows.map((row) => row.join(delimiter)).join(newline)));
      expect(data).toEqual([
        { id: '1', title: 'a, b, c', price: '1,50' },
        { id: '2', title: 'd', price: '2,50' },
      ]);
    }
  });

  it('takes a given delimiter, no quoting and given columns', async () => {
    const { data } = await csv(put('bare.csv', '1:"x\n2:y"\n'), { delimiter: ':', quote: '', columns: ['id', 'name'] });
    expect(data).toEqual([
      { id: '1', name: '"x' },
      { id: '2', name: 'y"' },
    ]);
  });

  it('names columns that have no name, or one that is taken, or one that would change the object', async () => {
    const { data } = await csv(put('columns.csv', 'id,,id,__proto__\n1,2,3,4\n'));
    expect(data).toEqual([{ id: '1', column_2: '2', id_2: '3', _proto_: '4' }]);
    expect(Object.getPrototypeOf(data[0])).toBe(Object.prototype);
  });

  it('puts ragged rows aside with their line, and goes on', async () => {
    const { data, faults } = await csv(put('ragged.csv', 'id,a,b\n1,x,y\n2,x\n3,x,y,z\n"4",x\n5,x,y\n'));
    expect(data.map(({ id }) => id)).toEqual(['1', '5']);
    expect(faults.map(({ origin, original, code }) => [origin.split(':').at(-1), original, code])).toEqual([
      ['3', '2,x', 'RECORD_MALFORMED'],
      ['4', '3,x,y,z', 'RECORD_MALFORMED'],
      ['5', '"4",x', 'RECORD_MALFORMED'],
    ]);
    expect(faults[0]?.reason).toContain('2 cells where the header has 3');
  });

  it('loses one line to a stray quote, not the rows after it', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i},"title ""${i}"", x",ok`);
    rows[50] = '50,"never closed,ok';
    rows[120] = '120,"closed" badly,ok';
    const { data, faults } = await csv(put('quotes.csv', `id,title,state\n${rows.join('\n')}\n`));
    expect(data).toHaveLength(198);
    expect(data.map(({ id }) => id)).not.toContain('50');
    expect(faults.map(({ original }) => original)).toEqual([rows[50], rows[120]]);
  });

  it('loses one line to a quote that is open at the end', async () => {
    const { data, faults } = await csv(put('open.csv', 'id,t\n1,"a\n2,b\n3,c'));
    expect(data.map(({ id }) => id)).toEqual(['2', '3']);
    expect(faults.map(({ original }) => original)).toEqual(['1,"a']);
  });

  it('reads cells that are larger than a chunk, and puts rows over the limit aside', async () => {
    const cell = 'x'.repeat(700_000);
    const huge = 'y'.repeat(1_500_000);
    const feed = `id,t\n1,"${cell}"\n2,${huge}\n3,"${huge}"\n4,"${'z\n'.repeat(10)}"\n5,${cell}\n`;
    const { data, faults } = await csv(put('huge.csv', feed));
    expect(data.map(({ id, t }) => [id, String(t).length])).toEqual([
      ['1', 700_000],
      ['4', 20],
      ['5', 700_000],
    ]);
    expect(faults.map(({ origin, reason }) => [origin.split(':').at(-1), reason])).toEqual([
      ['3', 'the row is larger than max_record_bytes (1048576)'],
      ['4', 'the row is larger than max_record_bytes (1048576)'],
    ]);
  });

  it('says that a feed is empty or a web page', async () => {
    const empty = await csv(put('empty.csv', ''));
    expect(empty.faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
    const page = await csv(put('page.csv', '<!DOCTYPE html>\n<html><body>Log in, please</body></html>'));
    expect(page.data).toEqual([]);
    expect(page.faults.map(({ reason }) => reason)).toEqual(['the source sent an HTML page instead of CSV']);
  });

  it('keeps NUL characters in cells as they are', async () => {
    const { data } = await csv(put('nul.csv', 'id,t\n1,a\0b\n'));
    expect(data).toEqual([{ id: '1', t: 'a\0b' }]);
  });
});

describe('encodings', () => {
  const text = 'id,title\n1,חלב 3% ליטר\n2,שוקולד\n';
  it.each(['windows-1255', 'utf-16le', 'utf-16be'])('reads %s', async (encoding) => {
    const { data } = await csv(put(`${encoding}.csv`, iconv.encode(text, encoding)), { encoding });
    expect(data.map(({ title }) => title)).toEqual(['חלב 3% ליטר', 'שוקולד']);
  });

  it('believes a byte order mark, and recognises UTF-16 without one', async () => {
    for (const [encoding, addBOM] of [
      ['utf-8', true],
      ['utf-16le', true],
      ['utf-16be', true],
      ['utf-16le', false],
    ] as const) {
      const bytes = iconv.encode(text, encoding, { addBOM });
      const { data } = await csv(put('bom.csv', bytes), addBOM ? { encoding: 'latin1' } : {});
      expect(data[0], `${encoding} ${addBOM}`).toEqual({ id: '1', title: 'חלב 3% ליטר' });
    }
  });

  it('puts rows with bytes that are no UTF-8 aside, shows the bytes, and keeps the others', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},café ${i}`);
    const bytes = Buffer.from(`id,title\n${rows.join('\n')}\n`);
    const bad = bytes.indexOf('café 31234');
    bytes[bad + 3] = 0xe9;
    bytes[bad + 4] = 0x20;
    const { data, faults } = await csv(put('latin.csv', bytes));
    expect(data).toHaveLength(59_999);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ code: 'RECORD_MALFORMED', origin: expect.stringMatching(/latin\.csv:31236$/) });
    expect(faults[0]?.original).toContain('\udce9');
  });

  it('refuses an encoding that is not known', async () => {
    await expect(csv(put('any.csv', text), { encoding: 'klingon' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('gzip', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},title ${(i * 7919) % 10_007}`);
  const packed = gzipSync(`id,title\n${rows.join('\n')}\n`);

  it('is recognised by content, also in several members', async () => {
    const twice = Buffer.concat([gzipSync('id,title\n1,a\n'), gzipSync('2,b\n')]);
    expect((await csv(put('members.csv', twice))).data).toEqual([
      { id: '1', title: 'a' },
      { id: '2', title: 'b' },
    ]);
  });

  it('gives the records before a cut, none after, and says so', async () => {
    const { data, faults } = await csv(put('cut.csv.gz', packed.subarray(0, Math.floor(packed.length / 2))));
    expect(data.length).toBeGreaterThan(5000);
    expect(data.length).toBeLessThan(15_000);
    for (const [i, row] of data.entries()) expect(`${row.id},${row.title}`).toBe(rows[i]);
    expect(faults.at(-1)?.code).toBe('SOURCE_MALFORMED');
    expect(faults.at(-1)?.reason).toContain('gzip');
  });

  it('gives the records before damage', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, damaged.length - 2000, damaged.length - 1000);
    const { data, faults } = await csv(put('damaged.csv.gz', damaged));
    expect(data.length).toBeGreaterThan(10_000);
    expect(faults.at(-1)?.code).toBe('SOURCE_MALFORMED');
  });

  it('cuts a feed that is larger than max_bytes, and says so', async () => {
    const { data, faults } = await csv(put('bomb.csv.gz', packed), { max_bytes: 100_000 });
    expect(data.length).toBeLessThan(10_000);
    expect(faults.at(-1)?.reason).toContain('max_bytes');
  });
});

describe('paths', () => {
  it('reads the files of a glob in order, each with its own header, and the good ones beside a bad one', async () => {
    mkdirSync(join(root, 'days/b'), { recursive: true });
    put('days/2.csv', 'id;n\n2;x\n');
    put('days/1.csv', 'id,m\n1,x\n');
    put('days/b/3.csv', 'id\n3\n');
    put('days/other.txt', 'id\n9\n');
    put('days/b/4.csv.gz', gzipSync('id\n4\n').subarray(0, 12));
    expect((await csv('days/*.csv')).data.map(({ id }) => id)).toEqual(['1', '2']);
    const deep = await csv('days/**/*.{csv,csv.gz}');
    expect(deep.data.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(deep.faults.map(({ code }) => code)).toContain('SOURCE_MALFORMED');
  });

  it('refuses what lies outside the roots, by dots, by an absolute path and by symbolic links', async () => {
    writeFileSync(join(outside, 'secret.csv'), 'id\n1\n');
    symlinkSync(join(outside, 'secret.csv'), join(root, 'link.csv'));
    symlinkSync(outside, join(root, 'linked-folder'));
    for (const path of [
      '../outside/secret.csv',
      join(outside, 'secret.csv'),
      join(outside, 'not-there.csv'),
      'link.csv',
      'linked-folder/secret.csv',
      'linked-folder/*.csv',
      '../outside/*.csv',
    ]) {
      const { data, faults } = await csv(path);
      expect(data, path).toEqual([]);
      expect(
        faults.map(({ code }) => code),
        path,
      ).toEqual(['SOURCE_REFUSED']);
    }
  });

  it('tells a missing file and a glob without files', async () => {
    expect((await csv('none.csv')).faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
    expect((await csv('none-*.csv')).faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
  });
});
