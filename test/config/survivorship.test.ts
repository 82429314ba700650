import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.js';
import { mergeSettings } from '../../src/pipeline/master-step.js';
import { CONTRACT, configFolder, SOURCE } from './folder.js';

const files = (golden: string) => ({
  'assay.yaml': `golden:\n${golden}`,
  'sources/registry.yaml': SOURCE,
  'sources/shop.yaml': `${SOURCE}priority: 5\n`,
  'contracts/shop.yaml': CONTRACT,
});

test('a rule is a name, or a name with the sources that it prefers', async () => {
  const config = await loadConfig(
    configFolder(
      files(
        '  default: {rule: longest}\n  attributes:\n    price: min\n    attributes.release_date: {rule: source_priority, prefer: [registry]}\n',
      ),
    ),
    {},
  );
  expect(mergeSettings({ config })).toMatchObject({
    default: { rule: 'longest' },
    attributes: {
      price: { rule: 'min' },
      'attributes.release_date': { rule: 'source_priority', prefer: ['registry'] },
    },
  });
});

test('rules and sources that do not exist are mistakes, with the nearest that do', async () => {
  const golden = [
    '  default: longst',
    '  attributes:',
    '    title: {rule: majorty}',
    '    price: {rule: min, prefer: [shop, regstry]}',
    '    brand: {prefer: [shop]}',
    '    model: {rule: min, preferred: [shop]}',
  ].join('\n');
  const error = await loadConfig(configFolder(files(`${golden}\n`)), {}).catch((e: Error) => e.message);
  expect(error).toMatch(/assay\.yaml:2: "default" must be one of .*, not "longst" \(did you mean "longest"\?\)/);
  expect(error).toMatch(/assay\.yaml:4: "rule" must be one of .* \(did you mean "majority"\?\)/);
  expect(error).toMatch(/assay\.yaml:6: "rule" is missing/);
  expect(error).toMatch(/assay\.yaml:7: unknown key "preferred" \(did you mean "prefer"\?\)/);
});

test('a preferred source must exist', async () => {
  const golden = '  attributes:\n    price:\n      rule: min\n      prefer:\n        - shop\n        - regstry\n';
  const error = await loadConfig(configFolder(files(golden)), {}).catch((e: Error) => e.message);
  expect(error).toContain('assay.yaml:7: there is no source "regstry" (did you mean "registry"?)');
  const far = await loadConfig(configFolder(files('  default: {rule: min, prefer: [nonesuch-at-all]}\n')), {}).catch(
    (e: Error) => e.message,
  );
  expect(far).toContain('assay.yaml:2: there is no source "nonesuch-at-all" (known: registry, shop)');
});
