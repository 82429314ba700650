import { describe, expect, it } from 'vitest';
import { workplace } from './plain-files.js';

const { put, read, assay, model } = workplace();

describe('assay link', () => {
  it('writes every pair across the files that ended in one cluster', async () => {
    const files = ['--left', 'left.csv', '--right', 'right.csv', '--out', 'matches.csv'];
    const { code, err } = await assay('link', ...files, ...model);
    expect(code).toBe(0);
    const [header, ...rows] = read('matches.csv').trimEnd().split('\n');
    expect(header).toBe('ltable_id,rtable_id,probability');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).toEqual(['1 a', '2 b', '4 c']);
    expect(err).toMatch(/3 pairs: 8 records, \d+ candidate pairs, 3 matches/);
  });

  it('also writes pairs that only a third record joins, with the probability of the pair', async () => {
    const name = 'Velda garden hose green twenty metre';
    put('l.csv', `id,name\n1,${name} 3 kg\n`);
    put('r.csv', `id,name\na,${name}\nb,${name} 5 kg\n`);
    const files = ['--left', 'l.csv', '--right', 'r.csv', '--out', 'm.csv'];
    const { code } = await assay('link', ...files, ...model);
    expect(code).toBe(0);
    const probabilities = Object.fromEntries(
      read('m.csv')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => [row.slice(0, 3), Number(row.split(',')[2])]),
    );
    expect(probabilities['1,a']).toBeGreaterThan(0.9);
    expect(probabilities['1,b']).toBeLessThan(0.1);
  });

  it('follows --unique', async () => {
    put('dup.csv', 'id,name\n1,Norvik NV100 compact camera 12 MP\n2,Norvik NV100 compact camera 12 MP\n');
    const files = ['--left', 'dup.csv', '--right', 'right.csv', '--out', 'u.csv'];
    await assay('link', ...files, ...model);
    expect(read('u.csv').trimEnd().split('\n')).toHaveLength(3);
    const { err } = await assay('link', ...files, '--unique', 'left, right', ...model);
    expect(read('u.csv').trimEnd().split('\n')).toHaveLength(2);
    expect(err).toContain('not followed: 1 unique source');
  });
});
