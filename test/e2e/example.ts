import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { installationFolder } from '../../src/installation.js';
import { assay } from '../support/process.js';

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
function exampleConfig(folder: string): string {
  const root = installationFolder();
  const config = join(folder, 'config');
  for (const part of ['sources', 'contracts']) mkdirSync(join(config, part), { recursive: true });
  mkdirSync(join(folder, 'feeds'), { recursive: true });
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

/** Runs it by the command line, on servers where the environment names them, and takes a record out. */
export async function runsExample(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const config = exampleConfig(folder);
  const first = await assay(['run', '--json', '--config', config], { env });
  expect(first.code, first.stderr).toBe(0);
  const { run } = JSON.parse(first.stdout);
  expect(run.records).toBe(17);
  expect(run.goldenRecords).toBeLessThan(17);

  const forgotten = await assay(['forget', 'south', 's1', '--json', '--config', config], { env });
  expect(forgotten.code, forgotten.stderr).toBe(0);
  expect(JSON.parse(forgotten.stdout).found).toBe(true);

  const second = await assay(['run', '--json', '--config', config], { env });
  expect(second.code, second.stderr).toBe(0);
  expect(JSON.parse(second.stdout).run.records).toBe(16);
}
