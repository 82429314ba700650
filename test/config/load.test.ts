// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are what is tested
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.js';
import { AssayError } from '../../src/errors.js';
import { CONTRACT, configFolder, SOURCE } from './folder.js';

async function mistakesOf(files: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const folder = configFolder(files);
  const error: unknown = await loadConfig(folder, env).catch((e: unknown) => e);
  if (!(error instanceof AssayError)) throw new Error('the configuration was accepted');
  expect(error.code).toBe('CONFIG_INVALID');
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(`${folder}/`, ''));
}

const good = { 'sources/shop.yaml': SOURCE, 'contracts/shop.yaml': CONTRACT };

describe('loadConfig', () => {
  test('fills every default', async () => {
    const folder = configFolder(good);
    const config = await loadConfig(folder, {});
    expect(config.assay.server).toEqual({ host: '127.0.0.1', port: 3000 });
    expect(config.assay.dataDir).toBe(join(dirname(folder), 'data'));
    expect(config.assay.ingest.roots).toEqual([dirname(folder)]);
    expect(config.assay.log).toMatchObject({ partitions: 4, segmentBytes: 67108864, compactionLag: 86_400_000 });
    expect(config.assay.platform).toEqual({ namespace: 'assay', kafkaBrokers: [], kafkaTls: false });
    expect(config.sources).toHaveLength(1);
    expect(config.sources[0]).toMatchObject({
      name: 'shop',
      schedule: 'daily',
      priority: 0,
      unique: false,
      feed: 'full',
      withdraw: { policy: 'withdraw', maxShare: 0.3 },
      key: ['id'],
    });
    expect(config.contracts.get('shop')?.policy).toEqual({
      newField: 'accept',
      missingField: 'quarantine',
      retypedField: 'quarantine',
    });
  });

  test('sorts sources by name and joins a composite key', async () => {
    const config = await loadConfig(
      configFolder({
        'sources/b.yaml': SOURCE,
        'sources/a.yaml': SOURCE.replace('key: id', 'key: [chain, id]'),
        'sources/a.test.yaml': '- this is not a source',
        'contracts/shop.yaml': CONTRACT,
      }),
      {},
    );
    expect(config.sources.map((source) => source.name)).toEqual(['a', 'b']);
    expect(config.sources[0]?.key).toEqual(['chain', 'id']);
  });

  test('shows every mistake of every file at once, with line and suggestion', async () => {
    const mistakes = await mistakesOf({
      'assay.yaml': 'server:\n  prot: 3000\n  host: 127.0.0.1\nlog:\n  partitions: 0\ngolden:\n  default: longst\n',
      'sources/one.yaml': `descripton: a shop\n${SOURCE.replace('contract: shop', 'contract: shpo')}schedule: dayly\n`,
      'sources/two.yaml': 'connector: {type: csv, path: x.csv}\ncontract: shop\nmapping: {title: name}\nfeed: some\n',
      'sources/Three.yaml': SOURCE,
      'sources/four.yaml': `${SOURCE}schedule: "99 * * * *"\n`,
      'sources/five.yaml': `${SOURCE}schedule: tuesdays\n`,
      'sources/four.yml': SOURCE,
      'contracts/shop.yaml': 'fields:\n  id: {type: strin}\npolicy:\n  new_fields: stop\n',
    });
    expect(mistakes).toEqual([
      'assay.yaml:2: unknown key "prot" (did you mean "port"?)',
      'assay.yaml:5: "partitions" must be a whole number from 1 to 1024, not 0',
      expect.stringMatching(/^assay\.yaml:7: "default" must be one of .*, not "longst" \(did you mean "longest"\?\)$/),
      expect.stringMatching(/^contracts\/shop\.yaml:2: "type" must be one of .* \(did you mean "string"\?\)$/),
      'contracts/shop.yaml:4: unknown key "new_fields" (did you mean "new_field"?)',
      expect.stringMatching(/^sources\/Three\.yaml: "Three" cannot be a name/),
      expect.stringMatching(/^sources\/five\.yaml:5: "schedule" must be hourly, daily, weekly or a cron/),
      expect.stringMatching(/^sources\/four\.yaml:5: "schedule" is not a cron expression/),
      'sources/four.yml: there is already a file for "four"',
      'sources/one.yaml:1: unknown key "descripton" (did you mean "description"?)',
      'sources/one.yaml:3: there is no contract "shpo" (did you mean "shop"?)',
      'sources/one.yaml:6: "schedule" must be hourly, daily, weekly or a cron expression of five fields, not "dayly" (did you mean "daily"?)',
      'sources/two.yaml:1: "key" is missing: a path or a list of paths',
      'sources/two.yaml:4: "feed" must be one of full, delta, not "some"',
    ]);
  });

  test('checks what lies in other files', async () => {
    const source = SOURCE.replace('contract: shop', 'contract: shpo');
    expect(await mistakesOf({ 'sources/one.yaml': source, 'contracts/shop.yaml': CONTRACT })).toEqual([
      'sources/one.yaml:2: there is no contract "shpo" (did you mean "shop"?)',
    ]);
    expect(await mistakesOf({ 'assay.yaml': 'ingest:\n  roots:\n    - .\n    - nowhere\n' })).toEqual([
      'assay.yaml:4: the root "nowhere" is not a folder',
    ]);
    expect(await mistakesOf({ 'assay.yaml': '\nsearch: {synonyms: words.txt}\n' })).toEqual([
      'assay.yaml:2: there is no file "words.txt"',
    ]);
  });

  test('checks the mapping', async () => {
    const mapping = 'mapping:\n  title: name\n  bramd: maker\n  model:\n    from: model\n    transform: uper\n';
    expect(
      await mistakesOf({
        'sources/one.yaml': SOURCE.replace('mapping: {title: name}\n', mapping),
        'contracts/shop.yaml': CONTRACT,
      }),
    ).toEqual([
      expect.stringMatching(/^sources\/one\.yaml:6: unknown field "bramd" \(did you mean "brand"\?\)/),
      'sources/one.yaml:9: unknown transform "uper" (did you mean "upper"?)',
    ]);
  });

  test('checks the options of the connector', async () => {
    const mistakes = await mistakesOf({
      'sources/one.yaml': SOURCE.replace('type: csv, path: feed.csv', 'type: cvs, path: feed.csv'),
      'sources/two.yaml': SOURCE.replace('path: feed.csv', 'path: feed.csv, delimeter: ";", max_redirects: 99'),
      'contracts/shop.yaml': CONTRACT,
    });
    expect(mistakes).toEqual([
      expect.stringMatching(
        /^sources\/one\.yaml:1: "type" must be one of .*csv.*, not "cvs" \(did you mean "csv"\?\)$/,
      ),
      'sources/two.yaml:1: "max_redirects" must be a whole number from 0 to 20, not 99',
      'sources/two.yaml:1: unknown key "delimeter" (did you mean "delimiter"?)',
    ]);
  });

  test('tells broken YAML and repeated keys by line', async () => {
    const mistakes = await mistakesOf({
      'assay.yaml': 'server:\n  port: 1\n  port: 2\n',
      'sources/one.yaml': 'connector: {type: csv\nkey: [',
    });
    expect(mistakes[0]).toBe('assay.yaml:3: "port" is given twice');
    expect(mistakes[1]).toMatch(/^sources\/one\.yaml:2: not valid YAML: /);
  });

  test('a missing folder is a mistake', async () => {
    await expect(loadConfig('/nowhere/config', {})).rejects.toThrow(/there is no such folder/);
  });

  test('a key without a value counts as absent', async () => {
    const folder = configFolder({ ...good, 'assay.yaml': 'server:\nmatching:\n  review_threshold:\n' });
    const config = await loadConfig(folder, {});
    expect(config.assay.server.port).toBe(3000);
    expect('reviewThreshold' in config.assay.matching).toBe(false);
  });

  test('a synonyms file is found beside assay.yaml', async () => {
    const folder = configFolder({ ...good, 'assay.yaml': 'search: {synonyms: words.txt}\n' });
    writeFileSync(join(folder, 'words.txt'), 'tv, television\n');
    expect((await loadConfig(folder, {})).assay.search.synonyms).toBe(join(folder, 'words.txt'));
  });
});

describe('the environment', () => {
  test('is expanded, typed where the schema wants a number, and has defaults', async () => {
    const folder = configFolder({
      ...good,
      'assay.yaml': 'server: {port: "${TEST_PORT}", host: "${TEST_HOST:-127.0.0.2}"}\ndata_dir: "$${literal}"\n',
      'sources/shop.yaml': SOURCE.replace('path: feed.csv', 'path: "${TEST_ROOT}/feed.csv", columns: ["${TEST_PORT}"]'),
    });
    const config = await loadConfig(folder, { TEST_PORT: '8123', TEST_ROOT: '/feeds' });
    expect(config.assay.server).toEqual({ host: '127.0.0.2', port: 8123 });
    expect(config.assay.dataDir).toBe(join(dirname(folder), '${literal}'));
    expect(config.sources[0]?.connector).toMatchObject({ type: 'csv', path: '/feeds/feed.csv', columns: ['8123'] });
  });

  test('tells every missing variable by line', async () => {
    expect(await mistakesOf({ 'assay.yaml': 'data_dir: ${NO_DIR}\nserver:\n  host: ${NO_HOST}\n' })).toEqual([
      'assay.yaml:1: the environment variable NO_DIR is not set; set it, or write ${NO_DIR:-default}',
      'assay.yaml:3: the environment variable NO_HOST is not set; set it, or write ${NO_HOST:-default}',
    ]);
  });

  test('leaves the slots of a mapping alone', async () => {
    const mapping = 'mapping: {title: {template: "${BRAND} ${name}"}}';
    const folder = configFolder({ ...good, 'sources/shop.yaml': SOURCE.replace('mapping: {title: name}', mapping) });
    const config = await loadConfig(folder, { BRAND: 'from the environment' });
    expect(config.sources[0]?.mapping).toEqual({ title: { template: '${BRAND} ${name}' } });
  });

  test('refuses what only looks like a reference', async () => {
    expect(await mistakesOf({ 'assay.yaml': 'data_dir: "a/${data_dir}"\n' })).toEqual([
      'assay.yaml:1: ${data_dir} is no reference: write ${NAME} or ${NAME:-default} in capitals, or $${ for the characters ${',
    ]);
  });

  test('wins over the file for the documented variables', async () => {
    const folder = configFolder({ ...good, 'assay.yaml': 'server: {port: 1}\ndata_dir: here\n' });
    const config = await loadConfig(folder, {
      PORT: '4242',
      HOST: '127.0.0.9',
      ASSAY_DATA_DIR: '/elsewhere',
      KAFKA_BROKERS: 'a:9092, b:9092',
      DATABASE_URL: 'postgres://u:pw@h/d',
    });
    expect(config.assay.server).toEqual({ host: '127.0.0.9', port: 4242 });
    expect(config.assay.dataDir).toBe('/elsewhere');
    expect(config.assay.platform.kafkaBrokers).toEqual(['a:9092', 'b:9092']);
    expect(config.assay.platform.databaseUrl).toBe('postgres://u:pw@h/d');
  });

  test('an invalid variable is told by its name, without its value', async () => {
    expect(await mistakesOf(good, { PORT: '70000', DATABASE_URL: 'mysql://root:hunter22@h' })).toEqual([
      'environment variable DATABASE_URL: "database_url" must be an address like postgres://user@host:5432/name, not "${DATABASE_URL}"',
      'environment variable PORT: "port" must be a whole number from 0 to 65535, not "${PORT}"',
    ]);
  });

  test('secrets never show: not in mistakes, not in what is printed', async () => {
    const env = { SHOP_TOKEN: 'hunter2-hunter2', SHOP_FEED: 'hunter3-hunter3' };
    const files = {
      ...good,
      'sources/shop.yaml': `${SOURCE.replace('path: feed.csv', 'path: feed.csv, headers: {authorization: "Bearer ${SHOP_TOKEN}"}')}feed: \${SHOP_FEED}\n`,
    };
    const mistakes = await mistakesOf(files, env);
    expect(mistakes).toEqual(['sources/shop.yaml:5: "feed" must be one of full, delta, not "${SHOP_FEED}"']);
    const config = await loadConfig(configFolder(files), { ...env, SHOP_FEED: 'delta' });
    expect(JSON.stringify(config.shown)).not.toContain('hunter');
    expect(JSON.stringify(config.shown)).toContain('Bearer ${SHOP_TOKEN}');
    expect(config.redact('GET https://x/?t=hunter2-hunter2')).toBe('GET https://x/?t=${SHOP_TOKEN}');
  });

  test('a password that is written in a file is masked too', async () => {
    const shop = SOURCE.replace('path: feed.csv', 'path: feed.csv, auth: {type: bearer, token: swordfish}');
    const config = await loadConfig(configFolder({ ...good, 'sources/shop.yaml': shop }), {});
    expect(config.sources[0]?.connector.auth).toEqual({ type: 'bearer', token: 'swordfish' });
    expect(config.shown.sources.shop).toMatchObject({ connector: { auth: { type: 'bearer', token: '***' } } });
    expect(config.redact('refused: swordfish')).toBe('refused: ***');
  });
});
