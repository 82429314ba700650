import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeGolden } from '../../bench/serve-golden.js';
import { valuesOf } from '../../bench/serve-records.js';
import { main } from '../../src/cli/main.js';
import { rebuildSearchIndex } from '../../src/cli/search-index-rebuild.js';
import { loadConfig } from '../../src/config/index.js';
import { openPlatform, runMigrations } from '../../src/platform/index.js';
import { configFolder } from '../config/folder.js';
import { type Place, place, QUERY } from '../platform/search/elasticsearch/support.js';
import { openStore } from '../support/store.js';

let here: Place;
beforeEach(() => {
  here = place();
});
afterEach(() => here.clear());

it('tells what the search server has, and fills it from the golden records', async () => {
  const folder = configFolder({ 'assay.yaml': 'data_dir: data\n' });
  const env = { ELASTICSEARCH_URL: here.url, ASSAY_NAMESPACE: here.namespace };
  const platform = await openPlatform(await loadConfig(folder, {}));
  await runMigrations(platform.database);
  await storeGolden(platform.database, 0, 25);
  await platform.close();
  const assay = async (...argv: string[]) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const signal = new AbortController().signal;
    const code = await main(['--config', folder, ...argv], { stdout, stderr, env, cwd: process.cwd(), signal });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  };
  expect(await assay('search-index', 'status')).toMatchObject({
    code: 0,
    out: `${here.namespace}-products-000001 (current): 0 documents of 25 golden records, 0 removed\n`,
  });
  expect(await assay('search-index', 'rebuild')).toMatchObject({
    code: 0,
    out: `${here.namespace}-products-000002: 25 documents (0 before), in use now\n`,
  });
  const { out } = await assay('--json', 'search-index', 'status');
  expect(JSON.parse(out)).toMatchObject({ state: 'current', documents: 25, goldenRecords: 25, filling: [] });
  const search = await here.open();
  const [hit] = (await search.search({ ...QUERY, text: valuesOf(7).mpn! })).items;
  expect(hit?.document.title).toBe(valuesOf(7).title);
});

it('is refused without a search server', async () => {
  const folder = configFolder({ 'assay.yaml': 'data_dir: data\n' });
  const stderr = new PassThrough();
  const io = { stdout: new PassThrough(), stderr, env: {}, cwd: process.cwd(), signal: new AbortController().signal };
  expect(await main(['--config', folder, 'search-index', 'rebuild'], io)).toBe(2);
  expect(String(stderr.read())).toContain('no search server is configured');
});

it('rebuilds once at a time, and stops when it is told to', async () => {
  const database = await openStore();
  await storeGolden(database, 0, 25);
  const search = await here.open();
  let second: unknown;
  const slow = {
    reindex: async (documents: Parameters<typeof search.reindex>[0]) => {
      second = await rebuildSearchIndex(database, search).catch((error: unknown) => error);
      return search.reindex(documents);
    },
  };
  expect(await rebuildSearchIndex(database, slow)).toMatchObject({ documents: 25 });
  expect(second).toMatchObject({ code: 'CHECK_FAILED' });
  await expect(rebuildSearchIndex(database, search, { signal: AbortSignal.abort() })).rejects.toThrow();
  expect((await search.search(QUERY)).total).toBe(25);
  await database.close();
});
