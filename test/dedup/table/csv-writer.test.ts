import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from '../../../src/dedup/table/index.js';
import { scratch } from './files.js';

const { folder } = scratch();

describe('writeCsv', () => {
  it('writes what readCsv reads back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', ';', 'é', '😀'), minLength: 1 });
    const path = `${folder}/round.csv`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (table) => {
        writeCsv(path, ['left', 'right'], (writer) => {
          for (const row of table) writer.row(row);
        });
        expect([...readCsv(path)].map(({ cells }) => [cells.left, cells.right])).toEqual(table);
      }),
    );
  });

  it('leaves nothing behind when the writing fails', () => {
    const path = `${folder}/half.csv`;
    expect(() =>
      writeCsv(path, ['a'], (writer) => {
        writer.row(['1']);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(() => writeCsv(`${folder}/no/such/x.csv`, ['a'], () => {})).toThrow(/cannot be written/);
  });

  it('writes more than one buffer', () => {
    const path = `${folder}/long.csv`;
    writeCsv(path, ['n', 'text'], (writer) => {
      for (let i = 0; i < 20_000; i++) writer.row([i, 'abcdef']);
    });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines).toHaveLength(20_002);
    expect(lines[20_000]).toBe('19999,abcdef');
  });
});
