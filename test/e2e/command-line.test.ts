import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installationFolder } from '../../src/installation.js';
import { assay } from '../support/process.js';
import { shellLines, shellWords } from '../support/readme.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const root = installationFolder();

const sourceFile = (name: string, mapping: string) => `description: A small shop.
connector: {type: csv, path: feeds/${name}.csv}
schedule: daily
contract: listing
unique: true
feed: full
key: id
mapping: ${mapping}
`;

/** A configuration folder with the two example files as its feeds. */
function exampleConfig(): string {
  const config = join(folder, 'config');
  for (const part of ['sources', 'contracts']) mkdirSync(join(config, part), { recursive: true });
  mkdirSync(join(folder, 'feeds'));
  for (const name of ['north', 'south'])
    cpSync(join(root, 'docs', 'examples', `${name}.csv`), join(folder, 'feeds', `${name}.csv`));
  writeFileSync(join(config, 'assay.yaml'), 'data_dir: data\n');
  writeFileSync(join(config, 'contracts', 'listing.yaml'), 'fields:\n  id: {type: string, required: true}\n');
  writeFileSync(
    join(config, 'sources', 'north.yaml'),
    sourceFile('north', '{title: name, brand: brand, mpn: part_number, gtin: ean, price: price, currency: EUR}'),
  );
  writeFileSync(
    join(config, 'sources', 'south.yaml'),
    sourceFile('south', '{title: title, brand: manufacturer, mpn: mpn, gtin: gtin, price: amount, currency: EUR}'),
  );
  return config;
}

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

  it('runs a configuration of its own, takes a record out for good, and keeps it out', async () => {
    const config = exampleConfig();
    const first = await assay(['run', '--json', '--config', config]);
    expect(first.code, first.stderr).toBe(0);
    const { run, report } = JSON.parse(first.stdout);
    expect(run.records).toBe(17);
    expect(run.goldenRecords).toBeLessThan(17);
    const { cpuSeconds, peakMemoryMb, steps } = run.resources;
    expect(report.run.resources).toEqual({ cpuSeconds, peakMemoryMb });
    expect(Math.min(cpuSeconds, peakMemoryMb, steps.score.cpuSeconds)).toBeGreaterThan(0);

    const forgotten = await assay(['forget', 'south', 's1', '--json', '--config', config]);
    expect(forgotten.code, forgotten.stderr).toBe(0);
    expect(JSON.parse(forgotten.stdout).found).toBe(true);

    const second = await assay(['run', '--json', '--config', config]);
    expect(second.code, second.stderr).toBe(0);
    expect(JSON.parse(second.stdout).run.records).toBe(16);
  });
});
