import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkSources } from '../../src/cli/source-check.js';
import { loadConfig } from '../../src/config/index.js';
import { checkMapping } from '../../src/harmonize/index.js';
import { installationFolder } from '../../src/installation.js';
import { configFolder } from './folder.js';

const page = readFileSync(join(installationFolder(), 'docs/writing-a-source.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text!);
const example = (start: RegExp) => examples.find((text) => start.test(text))!;

test('the example of a source, its contract and its tests work as they stand on the page', async () => {
  const folder = configFolder({
    'sources/newshop.yaml': example(/^description:/m),
    'contracts/newshop.yaml': example(/^fields:/m),
    'sources/newshop.test.yaml': example(/^tests:/m),
  });
  const config = await loadConfig(folder, { NEWSHOP_TOKEN: 'swordfish' });
  const [check] = checkSources(config, config.sources);
  expect(check!.tests.map(({ name, failures }) => [name, failures])).toEqual([
    ['a price with a decimal comma', []],
    ['without a name it is refused', []],
  ]);
});

test('the mapping that shows the language is valid', () => {
  const { mapping } = parse(example(/^mapping:\n {2}title: name +# a path/m)) as { mapping: unknown };
  expect(checkMapping(mapping)).toEqual([]);
});
