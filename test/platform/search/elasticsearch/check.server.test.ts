import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkElasticsearch } from '../../../../src/platform/search/elasticsearch/index.js';
import { servers } from '../../../support/servers.js';
import { documentOf, type Place, place, roadTo } from './support.js';

let here: Place;
beforeEach(() => {
  here = place();
});
afterEach(() => here.clear());

const check = (options: Partial<Parameters<typeof checkElasticsearch>[0]> = {}) =>
  checkElasticsearch({ url: here.url, namespace: here.namespace, ...options });
const amiss = async (options: Partial<Parameters<typeof checkElasticsearch>[0]> = {}) =>
  (await check(options)).filter(({ state }) => state !== 'ok');

/** What other products, older versions and a refused login answer: they do not run here. */
async function answering(
  status: number,
  headers: Record<string, string>,
  body: string,
  ask: (url: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('checkElasticsearch', () => {
  it('has nothing to say of a server that is as it should be', async () => {
    const search = await here.open();
    await search.index([documentOf('g1', 1, 'Gadget')]);
    const findings = await check({ synonyms: [['fridge', 'refrigerator']] });
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(findings.map((finding) => finding.check)).toEqual([
      'address',
      'version',
      'permission',
      'modules',
      'index',
      'health',
      'writable',
      'disk',
      'clock',
      'synonyms',
    ]);
  });

  it.each([
    ['nothing listens', 'http://user:secret@127.0.0.1:1', 'address', /nothing answers at http:\/\/127\.0\.0\.1:1: /],
    ['the host is unknown', 'http://user:secret@no-such-host.invalid:9200', 'address', /nothing answers/],
    ['it is no address', 'http://user:secret@', 'address', /no address/],
  ])('says so where %s, and tells no password', async (_what, url, name, message) => {
    const [finding, ...others] = await check({ url });
    expect(finding).toMatchObject({ check: name, state: 'wrong', message: expect.stringMatching(message) });
    expect(finding?.advice).toContain('ELASTICSEARCH_URL');
    expect(JSON.stringify(finding)).not.toContain('secret');
    expect(others).toEqual([]);
  });

  it('tells another protocol', async () => {
    const [redis] = await check({ url: servers().redis.replace('redis:', 'http:') });
    expect(redis).toMatchObject({ check: 'protocol', state: 'wrong', message: expect.stringContaining('HTTP') });
    const [plain] = await check({ url: here.url.replace('http:', 'https:') });
    expect(plain).toMatchObject({ check: 'protocol', state: 'wrong', message: expect.stringContaining('TLS') });
  });

  it('tells a server that says nothing', async () => {
    const road = await roadTo(here.url);
    road.hang();
    const [finding] = await check({ url: road.url, timeoutMs: 200 });
    expect(finding).toMatchObject({ check: 'address', state: 'wrong', message: expect.stringContaining('in time') });
    await road.close();
  });

  it('tells another product, an older version, and a refused login', async () => {
    const json = { 'content-type': 'application/json' };
    const elastic = { ...json, 'x-elastic-product': 'Elasticsearch' };
    const first = async (url: string) => (await check({ url }))[0];
    const version = (number: string) => JSON.stringify({ version: { number } });
    await answering(200, json, version('2.11.0'), async (url) => {
      expect(await first(url)).toMatchObject({ check: 'product', state: 'wrong' });
      await expect(here.open({ url })).rejects.toMatchObject({ code: 'PLATFORM_INVALID' });
    });
    await answering(200, { 'content-type': 'text/html' }, '<html>', async (url) => {
      expect(await first(url)).toMatchObject({ check: 'product', state: 'wrong' });
    });
    await answering(200, elastic, version('7.17.9'), async (url) => {
      expect((await check({ url }))[1]).toMatchObject({ check: 'version', state: 'wrong' });
    });
    const media = { type: 'media_type_header_exception', reason: 'Invalid media-type value on headers [Accept]' };
    await answering(406, elastic, JSON.stringify({ error: media, status: 406 }), async (url) => {
      expect(await first(url)).toMatchObject({ check: 'product', state: 'wrong' });
      await expect(here.open({ url })).rejects.toMatchObject({
        code: 'PLATFORM_INVALID',
        message: expect.stringContaining('version 8'),
      });
    });
    const login = { type: 'security_exception', reason: 'unable to authenticate user [assay]' };
    await answering(401, elastic, JSON.stringify({ error: login, status: 401 }), async (url) => {
      expect(await first(url)).toMatchObject({
        check: 'login',
        state: 'wrong',
        message: expect.stringContaining('[assay]'),
      });
      await expect(here.open({ url })).rejects.toMatchObject({
        code: 'PLATFORM_INVALID',
        message: expect.stringContaining('refused the login'),
      });
    });
    await answering(403, elastic, JSON.stringify({ error: login, status: 403 }), async (url) => {
      expect(await first(url)).toMatchObject({ check: 'permission', state: 'wrong' });
    });
  });

  it('tells a missing index, one of another layout, one that is being filled, and two at once', async () => {
    expect(await amiss()).toMatchObject([{ check: 'index', state: 'warning' }]);
    const alias = `${here.namespace}-products`;
    await here.client.indices.create({
      index: `${alias}-000001`,
      aliases: { [alias]: {} },
      settings: { number_of_replicas: 0 },
      mappings: { _meta: { assay: { layout: 'older' } } },
    });
    expect(await amiss()).toMatchObject([
      { check: 'index', state: 'warning', advice: expect.stringContaining('assay search-index rebuild') },
    ]);
    await here.client.indices.create({
      index: `${alias}-000002`,
      aliases: { [`${alias}-filling`]: {} },
      settings: { number_of_replicas: 0 },
    });
    expect(await amiss()).toMatchObject([{ check: 'index' }, { check: 'rebuild', state: 'warning' }]);
    await here.client.indices.updateAliases({ actions: [{ add: { index: `${alias}-000002`, alias } }] });
    expect((await amiss())[0]).toMatchObject({
      check: 'index',
      state: 'wrong',
      message: expect.stringContaining('both'),
    });
  });

  it('tells an index that misses a copy, one that misses its shard, and one that takes no writes', async () => {
    await here.open();
    const [index] = await here.indices();
    await here.client.indices.putSettings({
      index: index!,
      settings: { auto_expand_replicas: 'false', number_of_replicas: 1 },
    });
    expect(await amiss()).toMatchObject([
      { check: 'health', state: 'warning', message: expect.stringContaining('yellow') },
    ]);
    await here.client.indices.putSettings({
      index: index!,
      settings: { number_of_replicas: 0, 'index.blocks.read_only_allow_delete': true },
    });
    expect(await amiss()).toMatchObject([
      { check: 'writable', state: 'wrong', advice: expect.stringContaining('make room') },
    ]);
    await here.client.indices.putSettings({ index: index!, settings: { 'index.blocks.read_only_allow_delete': null } });
    await here.client.indices.putSettings({ index: index!, settings: { 'index.blocks.write': true } });
    expect(await amiss()).toMatchObject([
      { check: 'writable', state: 'wrong', advice: expect.stringContaining('index.blocks.write') },
    ]);
    await here.client.indices.create({
      index: `${here.namespace}-products-000009`,
      settings: { 'index.routing.allocation.require._name': 'nowhere' },
      wait_for_active_shards: 0,
      timeout: '1s',
    });
    expect(await amiss()).toContainEqual(expect.objectContaining({ check: 'health', state: 'wrong' }));
  });

  it('tells clocks that differ, and synonyms that say nothing', async () => {
    await here.open();
    expect(await amiss({ now: () => Date.now() + 3_600_000 })).toMatchObject([
      { check: 'clock', state: 'warning', message: expect.stringMatching(/36\d\d s behind/) },
    ]);
    expect(await amiss({ synonyms: [['fridge', '---']] })).toMatchObject([{ check: 'synonyms', state: 'warning' }]);
  });
});
