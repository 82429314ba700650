import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type FixtureServer, startFixtureServer } from '../../fixtures/server.js';
import { main } from '../../src/cli/main.js';
import { sourceName } from '../../src/cli/source-infer.js';
import { installationFolder } from '../../src/installation.js';
import { CONTRACT, configFolder, SOURCE } from '../config/folder.js';

async function assay(argv: string[], env: NodeJS.ProcessEnv = {}, cwd = installationFolder()) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const chunks = { out: '', err: '' };
  stdout.on('data', (chunk) => (chunks.out += String(chunk)));
  stderr.on('data', (chunk) => (chunks.err += String(chunk)));
  const code = await main(argv, { stdout, stderr, env, cwd, signal: new AbortController().signal });
  await new Promise(setImmediate);
  return { code, ...chunks };
}

const TESTS = `tests:
  - name: a title
    input: {id: "1", name: Kettle}
    expect: {title: Kettle}
`;

describe('source check', () => {
  test('runs the mapping tests of the sample sources', async () => {
    const { code, out } = await assay(['source', 'check']);
    expect(code).toBe(0);
    for (const name of ['grocer', 'legacy_csv', 'marketplace', 'shop_api'])
      expect(out).toMatch(new RegExp(`^ok {4}${name}: \\d+ tests passed$`, 'm'));
  });

  const files = { 'sources/shop.yaml': SOURCE, 'contracts/shop.yaml': CONTRACT };

  test('tells a test that fails with file, line and reason', async () => {
    const folder = configFolder({ ...files, 'sources/shop.test.yaml': TESTS.replace('title: Kettle', 'title: Pot') });
    const { code, out, err } = await assay(['source', 'check', '--config', folder]);
    expect(code).toBe(1);
    expect(out).toContain('FAIL  shop: 1 of 1 tests failed');
    expect(out).toContain(`${join(folder, 'sources/shop.test.yaml')}:2: a title`);
    expect(out).toContain('title should be "Pot" and is "Kettle"');
    expect(err).toContain('assay: 1 mapping test failed');
  });

  test('collects the mistakes of every test file', async () => {
    const folder = configFolder({
      ...files,
      'sources/shop.test.yaml': TESTS.replace('expect:', 'expects:'),
      'sources/other.yaml': SOURCE,
      'sources/other.test.yaml': 'tests: none\n',
    });
    const { code, err } = await assay(['source', 'check', '--config', folder]);
    expect(code).toBe(2);
    expect(err).toMatch(/shop\.test\.yaml:2: unknown key "expects" \(did you mean "expect"\?\)/);
    expect(err).toMatch(/other\.test\.yaml:1: /);
  });

  test('knows the sources by name, and those without tests', async () => {
    const folder = configFolder(files);
    expect(await assay(['source', 'check', 'shop', '--config', folder])).toEqual({
      code: 0,
      out: 'ok    shop: no tests\n',
      err: '',
    });
    const { code, err } = await assay(['source', 'check', 'shpo', '--config', folder]);
    expect(code).toBe(2);
    expect(err).toContain('there is no source "shpo" (did you mean "shop"?)');
  });

  test('prints JSON', async () => {
    const folder = configFolder({ ...files, 'sources/shop.test.yaml': TESTS });
    const { out } = await assay(['source', 'check', '--json', '--config', folder]);
    expect(JSON.parse(out)).toMatchObject({
      sources: [{ source: 'shop', tests: [{ name: 'a title', passed: true }] }],
    });
  });
});

interface Preview {
  records: { origin: string; id?: string; raw: unknown; product?: { title: string }; fault?: { reason: string } }[];
}

async function preview(source: string, limit: number, env: NodeJS.ProcessEnv = {}): Promise<Preview['records']> {
  const { code, out, err } = await assay(['source', 'preview', source, '--limit', String(limit), '--json'], env);
  expect(err).toBe('');
  expect(code).toBe(0);
  return (JSON.parse(out) as Preview).records;
}

function truthOf(source: string): string[] {
  const rows = readFileSync(join(installationFolder(), 'fixtures/feeds/truth.csv'), 'utf8').trimEnd().split('\n');
  return rows.filter((row) => row.startsWith(`${source},`)).map((row) => row.split(',')[1]!);
}

describe('source preview', () => {
  test.each([
    ['legacy_csv', 3],
    ['marketplace', 3],
    ['grocer', 2],
  ])('reads all of %s by its connector: the truth has every good record and no other', async (source, broken) => {
    const records = await preview(source, 10_000);
    const good = records.filter(({ product }) => product !== undefined).map(({ id }) => id!);
    expect([...good].sort()).toEqual(truthOf(source).sort());
    const faults = records.filter(({ fault }) => fault !== undefined);
    expect(faults).toHaveLength(broken);
    for (const { fault } of faults) expect(fault!.reason).not.toBe('');
  });

  test('reads the REST source from the fixture server, page by page', async () => {
    const server: FixtureServer = await startFixtureServer({ port: 0 });
    try {
      const records = await preview('shop_api', 10_000, { ASSAY_FIXTURE_URL: server.url });
      const good = records.filter(({ product }) => product !== undefined).map(({ id }) => id!);
      expect([...good].sort()).toEqual(truthOf('shop_api').sort());
      expect(records).toHaveLength(good.length + 3);
      expect(server.answered.get(200)).toBe(Math.ceil(records.length / 250));
    } finally {
      await server.close();
    }
  });

  test('shows raw and canonical side by side, and why a record cannot be used', async () => {
    const folder = configFolder({ 'sources/shop.yaml': SOURCE, 'contracts/shop.yaml': CONTRACT });
    writeFileSync(join(dirname(folder), 'feed.csv'), 'id,name\n7,Kettle &amp; Pot\n,Nameless\n');
    const { code, out } = await assay(['source', 'preview', 'shop', '--config', folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/│ id: 7 +│ title: Kettle & Pot +│\n│ name: Kettle &amp; Pot +│ +│/);
    expect(out).toMatch(/│ id: +│ RECORD_MALFORMED: the key "id" is missing or empty/);
    expect(out).toContain('2 records, 1 of them cannot be used');
  });

  test('refuses a limit that is no number', async () => {
    expect((await assay(['source', 'preview', 'grocer', '--limit', 'all'])).code).toBe(2);
  });
});

describe('source infer', () => {
  const ROWS =
    'sku,product name,brand,ean,price\nA1,Kettle 1.7 L,Bosch,4006381333931,"29,90"\nA2,Toaster,Krups,5901234123457,"39,90"\n';

  test('drafts files that are a valid configuration', async () => {
    const folder = configFolder({});
    const base = dirname(folder);
    writeFileSync(join(base, 'Spring Feed.csv'), ROWS);
    const { code, out } = await assay(['source', 'infer', 'Spring Feed.csv', '--write'], {}, base);
    expect(code).toBe(0);
    expect(out).toContain(join('sources', 'spring_feed.yaml'));
    expect(readFileSync(join(folder, 'sources/spring_feed.yaml'), 'utf8')).toContain('path: Spring Feed.csv');
    const shown = await assay(['source', 'preview', 'spring_feed', '--json', '--config', folder]);
    expect((JSON.parse(shown.out) as Preview).records.map(({ id, product }) => [id, product?.title])).toEqual([
      ['A1', 'Kettle 1.7 L'],
      ['A2', 'Toaster'],
    ]);
    const again = await assay(['source', 'infer', 'Spring Feed.csv', '--write'], {}, base);
    expect(again.code).toBe(2);
    expect(again.err).toContain('spring_feed.yaml exists');
  });

  test('prints both drafts, and writes nothing, by default', async () => {
    const folder = configFolder({});
    writeFileSync(join(dirname(folder), 'feed.csv'), ROWS);
    const { out } = await assay(['source', 'infer', 'feed.csv'], {}, dirname(folder));
    expect(out).toContain('# --- sources/feed.yaml');
    expect(out).toContain('# --- contracts/feed.yaml');
    expect(existsSync(join(folder, 'sources'))).toBe(false);
  });

  test.each([
    ['feed.jsonl', '{"sku":"1","name":"Kettle"}\n{"sku":"2","name":"Pot"}\n', 'type: jsonl'],
    ['feed.json', '[{"sku":"1","name":"Kettle"},{"sku":"2","name":"Pot"}]', 'type: json'],
    ['feed.txt', '{"sku":"1","name":"Kettle"}\n', 'type: jsonl'],
    [
      'feed.xml',
      '<r><h><t>a</t></h><p><sku>1</sku><o><x>1</x></o></p><p><sku>2</sku><o><x>2</x></o></p></r>',
      'element: p',
    ],
  ])('knows the format of %s, packed or not', async (name, text, expected) => {
    const base = dirname(configFolder({}));
    writeFileSync(join(base, name), text);
    writeFileSync(join(base, `${name}.gz`), gzipSync(text));
    for (const file of [name, `${name}.gz`]) {
      const { code, out } = await assay(['source', 'infer', file], {}, base);
      expect(code).toBe(0);
      expect(out).toContain(expected);
    }
  });

  test('notices a feed that is not UTF-8', async () => {
    const base = dirname(configFolder({}));
    writeFileSync(join(base, 'feed.csv'), Buffer.from('sku;name\n1;K\xfcche\n2;B\xfcro\n', 'latin1'));
    expect((await assay(['source', 'infer', 'feed.csv'], {}, base)).out).toContain('encoding: windows-1252');
  });

  test('says what is missing', async () => {
    const base = dirname(configFolder({}));
    writeFileSync(join(base, 'feed.xml'), '<r><a>1</a></r>');
    const { code, err } = await assay(['source', 'infer', 'feed.xml'], {}, base);
    expect(code).toBe(2);
    expect(err).toContain('name one with --element');
    expect((await assay(['source', 'infer', 'nowhere.csv'], {}, base)).err).toContain('there is no file');
  });
});

test('a source is named after its file', () => {
  expect(sourceName('/feeds/Spring Feed (2).csv.gz')).toBe('spring_feed_2');
  expect(sourceName('grocer.xml')).toBe('grocer');
  expect(sourceName('....csv')).toBe('source');
});
