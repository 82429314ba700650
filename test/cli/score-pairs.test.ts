import { describe, expect, it } from 'vitest';
import { workplace } from './plain-files.js';

const { put, read, assay, model } = workplace();
const tables = ['--left', 'left.csv', '--right', 'right.csv'];

function scores(name: string) {
  const [header, ...rows] = read(name).trimEnd().split('\n');
  expect(header).toBe('ltable_id,rtable_id,probability,match');
  return rows.map((row) => row.split(','));
}

describe('assay score-pairs', () => {
  it('writes one row a pair, in order, also for pairs that are no candidates', async () => {
    put('pairs.csv', 'ltable_id,rtable_id,label\n4,c,0\n1,d,1\n1,a,0\n3,c,1\n1,a,0\n');
    const { code, err } = await assay(
      'score-pairs',
      ...tables,
      '--pairs',
      'pairs.csv',
      '--out',
      'scores.csv',
      ...model,
    );
    expect(code).toBe(0);
    const rows = scores('scores.csv');
    expect(rows.map(([left, right, , match]) => `${left} ${right} ${match}`)).toEqual([
      '4 c 1',
      '1 d 0',
      '1 a 1',
      '3 c 0',
      '1 a 1',
    ]);
    for (const [, , probability] of rows) expect(probability).toMatch(/^[01]\.\d{6}$/);
    expect(err).toContain('left (left.csv)');
    expect(err).toMatch(/label +ignored +labels are never read/);
    expect(err).toMatch(/maker +brand +its name/);
    expect(err).toContain('8 records, 5 pairs scored, 3 matches');
  });

  it('compares the records of one file with each other', async () => {
    put('own.csv', 'ltable_id,rtable_id\n3,4\n4,4\n');
    const one = ['--left', 'left.csv', '--right', './left.csv'];
    const { code } = await assay('score-pairs', ...one, '--pairs', 'own.csv', '--out', 'own-scores.csv', ...model);
    expect(code).toBe(0);
    expect(scores('own-scores.csv').map(([, , , match]) => match)).toEqual(['0', '1']);
  });

  it('tells its figures as JSON', async () => {
    put('one.csv', 'left_id,right_id\n1,a\n');
    const { out } = await assay(
      '--json',
      'score-pairs',
      ...tables,
      '--pairs',
      'one.csv',
      '--out',
      'one-out.csv',
      ...model,
    );
    expect(JSON.parse(out)).toMatchObject({ records: 8, pairs: 1, matches: 1 });
  });

  it('names file and line of a pair that is not in the tables, and writes nothing', async () => {
    put('bad.csv', 'ltable_id,rtable_id\n1,a\n1,zz\n');
    const { code, err } = await assay('score-pairs', ...tables, '--pairs', 'bad.csv', '--out', 'bad-out.csv', ...model);
    expect(code).toBe(1);
    expect(err).toContain('bad.csv:3: right.csv has no record with the id "zz"');
    expect(() => read('bad-out.csv')).toThrow(/ENOENT/);
    put('columns.csv', 'x,y\n1,a\n');
    const other = await assay('score-pairs', ...tables, '--pairs', 'columns.csv', '--out', 'o.csv', ...model);
    expect(other.err).toContain('columns.csv:2: the pairs need the columns ltable_id and rtable_id');
  });

  it('answers wrong usage with exit code 2', async () => {
    put('pairs.csv', 'ltable_id,rtable_id\n1,a\n');
    const rest = ['--pairs', 'pairs.csv', '--out', 'o.csv', ...model];
    expect((await assay('score-pairs', ...tables)).code).toBe(2);
    const missing = await assay('score-pairs', '--left', 'none.csv', '--right', 'right.csv', ...rest);
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('none.csv: there is no such file') });
    const unique = await assay('score-pairs', ...tables, '--unique', 'left,abt', ...rest);
    expect(unique).toMatchObject({
      code: 2,
      err: expect.stringContaining('no source "abt"; the sources are left, right'),
    });
    const columns = await assay('score-pairs', ...tables, '--columns', 'left.nme=title', ...rest);
    expect(columns).toMatchObject({ code: 2, err: expect.stringContaining('left.nme=title') });
  });
});
