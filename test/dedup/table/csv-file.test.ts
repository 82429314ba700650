import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/dedup/table/index.js';
import { scratch } from './files.js';

const { folder, put } = scratch();
const rows = (path: string) => [...readCsv(path, 'in.csv')];

describe('readCsv', () => {
  it('reads quotes, newlines in cells, a byte order mark and says where rows stand', () => {
    const path = put('a.csv', '\ufeffid,name\r\n1,"two\nlines, ""quoted"""\r\n2,plain\r\n');
    expect(rows(path)).toEqual([
      { origin: 'in.csv:2', cells: { id: '1', name: 'two\nlines, "quoted"' } },
      { origin: 'in.csv:4', cells: { id: '2', name: 'plain' } },
    ]);
  });

  it('finds the delimiter, unpacks gzip and reads UTF-16', () => {
    expect(rows(put('b.csv', 'id;name\n1;a,b\n'))[0]!.cells).toEqual({ id: '1', name: 'a,b' });
    expect(rows(put('c.csv.gz', gzipSync('id\tname\n1\tx\n')))[0]!.cells).toEqual({ id: '1', name: 'x' });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id,name\n1,é\n', 'utf16le')]);
    expect(rows(put('d.csv', wide))[0]!.cells).toEqual({ id: '1', name: 'é' });
  });

  it('reads rows and characters that lie across its chunks', () => {
    const names = Array.from({ length: 60_000 }, (_, i) => `"näme ${i}, ☃\n${'x'.repeat(i % 50)}"`);
    const path = put('e.csv', `id,name\n${names.map((name, i) => `${i},${name}`).join('\n')}\n`);
    const read = rows(path);
    expect(read).toHaveLength(60_000);
    for (const [i, { cells }] of read.entries()) expect(cells).toEqual({ id: `${i}`, name: names[i]!.slice(1, -1) });
  });

  it('says which file and line cannot be read', () => {
    expect(() => rows(put('f.csv', 'id,name\n1,a\n2,b,c\n'))).toThrow(/in\.csv:3: .*more cells/);
    expect(() => rows(put('g.csv', 'id,name\n1,"open\n'))).toThrow(/in\.csv:2: .*not closed/);
    expect(() => rows(`${folder}/none.csv`)).toThrow(/none\.csv: there is no such file/);
    expect(() => rows(folder)).toThrow(/it is a folder/);
    expect(() => rows(put('h.csv.gz', 'not gzip'))).toThrow(/cannot be unpacked/);
  });
});
