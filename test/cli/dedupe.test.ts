import { describe, expect, it } from 'vitest';
import { LEFT, workplace } from './plain-files.js';

const { put, read, assay, model } = workplace();

/** Groups of "source id" by cluster, and the clusters' names. */
function clusters(name: string) {
  const [header, ...rows] = read(name).trimEnd().split('\n');
  expect(header).toBe('source,id,cluster_id');
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const [source, id, cluster] = row.split(',');
    groups.set(cluster!, [...(groups.get(cluster!) ?? []), `${source} ${id}`].sort());
  }
  return { rows: rows.length, groups: Object.fromEntries([...groups].sort()) };
}

describe('assay dedupe', () => {
  it('gives every record of every file a cluster, named by its smallest record', async () => {
    const { code, err } = await assay('dedupe', 'left.csv', 'right.csv', '--out', 'clusters.csv', ...model);
    expect(code).toBe(0);
    expect(clusters('clusters.csv')).toEqual({
      rows: 8,
      groups: {
        'left:1': ['left 1', 'right a'],
        'left:2': ['left 2', 'right b'],
        'left:3': ['left 3'],
        'left:4': ['left 4', 'right c'],
        'right:d': ['right d'],
      },
    });
    expect(err).toMatch(/8 records, .*, 5 clusters, 0 keys cut/);
  });

  it('does not depend on the order of files and rows', async () => {
    const [header, ...rows] = LEFT.trimEnd().split('\n');
    await assay('dedupe', 'left.csv', 'right.csv', '--out', 'one.csv', ...model);
    put('left.csv', `${[header, ...rows.reverse()].join('\n')}\n`);
    await assay('dedupe', 'right.csv', 'left.csv', '--out', 'two.csv', ...model);
    expect(clusters('two.csv')).toEqual(clusters('one.csv'));
  });

  it('refuses two files of one name, and says what is wrong with ids', async () => {
    const twice = await assay('dedupe', 'left.csv', './left.csv', '--out', 'x.csv', ...model);
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('two files would be the source "left"') });
    put('double.csv', 'id,name\n1,a b\n1,c d\n');
    const double = await assay('dedupe', 'double.csv', '--out', 'x.csv', ...model);
    expect(double).toMatchObject({ code: 1, err: expect.stringContaining('double.csv:3: the id "1" is listed twice') });
    expect((await assay('dedupe', '--out', 'x.csv')).code).toBe(2);
  });

  it('names the model file that cannot be used', async () => {
    put('broken.json', '{}');
    const { code, err } = await assay('dedupe', 'left.csv', '--out', 'x.csv', '--model', 'broken.json');
    expect(code).toBe(1);
    expect(err).toContain('broken.json');
  });
});
