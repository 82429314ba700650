import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installationFolder } from '../../src/installation.js';
import { assay } from '../support/process.js';
import { shellLines, shellWords } from '../support/readme.js';
import { runsExample } from './example.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const root = installationFolder();

describe('the command line', () => {
  it('does what the README shows with plain CSV files', async () => {
    const lines = shellLines('README.md').filter((line) => line.includes('docs/examples'));
    expect(lines.length).toBe(4);
    for (const line of lines) {
      const [, ...words] = shellWords(line);
      const args = words.map((word) =>
        word.startsWith('out/')
          ? join(folder, word.slice(4))
          : word.startsWith('docs/')
            ? join(root, ...word.split('/'))
            : word,
      );
      const { code, stdout, stderr } = await assay(args);
      expect(code, `${line}\n${stderr}`).toBe(0);
      if (args[0] === 'evaluate') expect(stdout).toContain('pairwise');
    }
    const rows = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n');
    expect(rows('matches.csv')[0]).toBe('ltable_id,rtable_id,probability');
    expect(rows('matches.csv').some((row) => row.startsWith('n1,s1,'))).toBe(true);
    expect(rows('scores.csv').map((row) => row.split(',').slice(0, 2).join())).toEqual(
      readFileSync(join(root, 'docs', 'examples', 'pairs.csv'), 'utf8')
        .trim()
        .split('\n'),
    );
    expect(rows('clusters.csv').length).toBe(1 + 9 + 8);
  });

  it('runs a configuration of its own, takes a record out for good, and keeps it out', () =>
    runsExample(join(folder, 'example'), {}));
});
