import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editorSchemas } from '../../src/cli/config.js';
import { configDocs, loadConfig } from '../../src/config/index.js';
import { installationFolder } from '../../src/installation.js';

const root = installationFolder();
const text = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/configuration.md is what `assay config docs` prints', () => {
  expect(text('docs/configuration.md'), 'run `bin/assay config docs --out docs/configuration.md`').toBe(configDocs());
});

test('config/schema is what `assay config schema` writes', () => {
  for (const [file, schema] of Object.entries(editorSchemas()))
    expect(text(`config/schema/${file}`), 'run `bin/assay config schema --out config/schema`').toBe(schema);
});

describe('the sample configuration', async () => {
  const config = await loadConfig(join(root, 'config'), {});

  test('is valid and has a REST, a CSV, a JSONL and an XML source', () => {
    expect(config.sources.map(({ name, connector }) => [name, connector.type])).toEqual([
      ['grocer', 'xml'],
      ['legacy_csv', 'csv'],
      ['marketplace', 'jsonl'],
      ['shop_api', 'rest_api'],
    ]);
  });

  const ajv = new Ajv({ allErrors: true, strict: false });
  const validators = Object.fromEntries(
    Object.entries(editorSchemas()).map(([file, schema]) => [file, ajv.compile(JSON.parse(schema) as object)]),
  );
  const files = [
    ['assay.yaml', 'assay.json'],
    ...config.sources.map(({ name }) => [`sources/${name}.yaml`, 'source.json']),
    ...[...config.contracts.keys()].map((name) => [`contracts/${name}.yaml`, 'contract.json']),
  ] as [string, string][];

  test.each(files)('%s names its schema and satisfies it in an editor', (file, schema) => {
    const [first] = text(`config/${file}`).split('\n');
    expect(first).toBe(`# yaml-language-server: $schema=${file.includes('/') ? '../' : ''}schema/${schema}`);
    const check = validators[schema]!;
    check(parse(text(`config/${file}`)));
    expect(check.errors ?? []).toEqual([]);
  });
});

test('an editor schema refuses unknown keys and takes references for numbers', () => {
  const check = new Ajv({ strict: false }).compile(JSON.parse(text('config/schema/assay.json')) as object);
  expect(check({ server: { port: `\${PORT:-3000}` } })).toBe(true);
  expect(check({ server: { port: 'three thousand' } })).toBe(false);
  expect(check({ server: { prot: 3000 } })).toBe(false);
  expect(check({})).toBe(true);
});
