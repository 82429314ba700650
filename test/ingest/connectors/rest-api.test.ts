import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { PullContext } from '../../../src/ingest/index.js';
import { read, sendJson, serve, type TestServer } from '../support.js';

const open: TestServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

type Handler = (url: URL, response: ServerResponse, count: number, request: IncomingMessage) => void;

async function api(handler: Handler): Promise<TestServer> {
  const server = await serve((request, response, count) =>
    handler(new URL(request.url ?? '', 'http://test'), response, count, request),
  );
  open.push(server);
  return server;
}

const pull = (url: string, options: Record<string, unknown> = {}, context: Partial<PullContext> = {}) =>
  read({ type: 'rest_api', url, allow_private: true, retry: { base_ms: 1, max_ms: 50 }, ...options }, '/', context);

const products = Array.from({ length: 25 }, (_, i) => ({ id: i + 1, title: `product ${i + 1}` }));
const ids = (reading: { data: Record<string, unknown>[] }) => reading.data.map(({ id }) => id);
const all = products.map(({ id }) => id);

describe('pagination', () => {
  it('by page, to the empty page although the server gives fewer than asked', async () => {
    const server = await api((url, response) => {
      const page = Number(url.searchParams.get('page'));
      sendJson(response, { items: products.slice((page - 1) * 10, page * 10) });
    });
    const reading = await pull(`${server.url}/p`, { pagination: { type: 'page', size_param: 'per', size: 50 } });
    expect(ids(reading)).toEqual(all);
    expect(reading.faults).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual([1, 2, 3, 4].map((n) => `/p?per=50&page=${n}`));
  });

  it('by page, to the number of pages that the answer gives', async () => {
    const server = await api((url, response) => {
      const page = Number(url.searchParams.get('p'));
      sendJson(response, { meta: { pages: 3 }, list: products.slice(page * 10, page * 10 + 10) });
    });
    const pagination = { type: 'page', param: 'p', start: 0, total_pages: 'meta.pages' };
    expect(ids(await pull(server.url, { pagination, items: 'list' }))).toEqual(all);
    expect(server.requests).toHaveLength(3);
  });

  it('by offset', async () => {
    const server = await api((url, response) => {
      const offset = Number(url.searchParams.get('offset'));
      sendJson(response, { data: { rows: products.slice(offset, offset + 7) } });
    });
    const reading = await pull(server.url, { items: 'data.rows', pagination: { type: 'offset', size: 7 } });
    expect(ids(reading)).toEqual(all);
  });

  it('by cursor, and by an address in the answer', async () => {
    for (const address of [false, true]) {
      const server = await api((url, response) => {
        const from = Number(url.searchParams.get('after') ?? 0);
        const next = from + 10 < 25 ? from + 10 : null;
        const cursor = next === null ? '' : address ? `/list?after=${next}` : String(next);
        sendJson(response, { items: products.slice(from, from + 10), meta: { next: cursor } });
      });
      const reading = await pull(`${server.url}/list`, {
        pagination: { type: 'cursor', param: 'after', next: 'meta.next' },
      });
      expect(ids(reading), String(address)).toEqual(all);
    }
  });

  it('by Link header', async () => {
    const server = await api((url, response) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      const link = `<${server.url}/?page=1>; rel="first", <?page=${page + 1}>; title="a, b"; rel="last next"`;
      sendJson(response, products.slice((page - 1) * 10, page * 10), page < 3 ? { link } : {});
    });
    expect(ids(await pull(server.url, { pagination: { type: 'link' } }))).toEqual(all);
  });
});

describe('endless pagination', () => {
  it.each([
    ['page', { type: 'page' }],
    ['offset', { type: 'offset' }],
    ['cursor', { type: 'cursor', next: 'next' }],
  ])('is seen by the same items again (%s)', async (_, pagination) => {
    const server = await api((_url, response, count) =>
      sendJson(response, { items: products.slice(0, 5), next: `c${count}` }),
    );
    const reading = await pull(server.url, { pagination, items: 'items' });
    expect(reading.data).toHaveLength(5);
    expect(reading.faults.map(({ code, reason }) => [code, reason.includes('same items as page 1')])).toEqual([
      ['SOURCE_MALFORMED', true],
    ]);
  });

  it('is seen by a cursor that comes again', async () => {
    const server = await api((_url, response, count) =>
      sendJson(response, { items: [{ id: count }], next: count % 3 }),
    );
    const reading = await pull(server.url, { pagination: { type: 'cursor', next: 'next' } });
    expect(reading.data.length).toBeLessThan(6);
    expect(reading.faults[0]?.reason).toContain('already read');
  });

  it('is stopped after max_pages', async () => {
    const server = await api((_url, response, count) => sendJson(response, [{ id: count }]));
    const reading = await pull(server.url, { pagination: { type: 'page' }, max_pages: 12 });
    expect(reading.data).toHaveLength(12);
    expect(reading.faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
    expect(reading.faults[0]?.reason).toContain('max_pages (12)');
  });
});

describe('credentials', () => {
  it.each([
    [{ type: 'bearer', token: 's3cret-t' }, { authorization: 'Bearer s3cret-t' }, ''],
    [{ type: 'basic', username: 'u', password: 's3cret-p' }, { authorization: 'Basic dTpzM2NyZXQtcA==' }, ''],
    [{ type: 'header', name: 'X-Api-Key', value: 's3cret-h' }, { 'x-api-key': 's3cret-h' }, ''],
    [{ type: 'query', name: 'key', value: 's3cret-q' }, {}, 'key=s3cret-q'],
  ])('are sent, and are in no message (%o)', async (auth, headers, query) => {
    const server = await api((_url, response) => response.writeHead(403).end());
    const reading = await pull(server.url, { auth });
    expect(server.requests[0]?.headers).toMatchObject(headers);
    expect(server.requests[0]?.url).toContain(query);
    expect(reading.faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
    expect(JSON.stringify(reading)).not.toContain('s3cret');
  });

  it('are not sent on to another server', async () => {
    const other = await api((_url, response) => sendJson(response, []));
    const server = await api((_url, response) => response.writeHead(302, { location: other.url }).end());
    await pull(server.url, {
      auth: { type: 'header', name: 'Token', value: 's3cret' },
      headers: { 'x-shop': 'a', accept: 'application/json' },
    });
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests)).not.toContain('s3cret');
    expect(other.requests[0]?.headers['x-shop']).toBeUndefined();
  });
});

describe('trouble', () => {
  it.each([
    [429, true],
    [500, false],
    [502, false],
    [503, false],
  ])('tries again after %i, waiting as long as it is told', async (status, told) => {
    let before = 0;
    let waited = 0;
    const server = await api((_url, response, count) => {
      if (count < 4)
        response.writeHead(status, told && count === 3 ? { 'retry-after': '1' } : {}).end('<html>busy</html>');
      else sendJson(response, products);
      waited = performance.now() - before;
      before = performance.now();
    });
    const reading = await pull(server.url, { retry: { base_ms: 1, max_ms: 2000, attempts: 5 } });
    expect(ids(reading)).toEqual(all);
    expect(server.requests).toHaveLength(4);
    if (told) expect(waited).toBeGreaterThan(900);
  });

  it('gives up after the tries it has, and keeps the pages before', async () => {
    const server = await api((url, response) => {
      if (url.searchParams.get('page') === '1') sendJson(response, products);
      else response.writeHead(503).end();
    });
    const reading = await pull(server.url, { pagination: { type: 'page' }, retry: { attempts: 3, base_ms: 1 } });
    expect(ids(reading)).toEqual(all);
    expect(server.requests).toHaveLength(4);
    expect(reading.faults.map(({ code, reason }) => [code, /503 after 3 tries/.test(reason)])).toEqual([
      ['SOURCE_UNREACHABLE', true],
    ]);
  });

  it('does not wait longer than max_ms for a server that asks for it', async () => {
    const server = await api((_url, response) => response.writeHead(429, { 'retry-after': '86400' }).end());
    const reading = await pull(server.url);
    expect(server.requests).toHaveLength(1);
    expect(reading.faults[0]?.reason).toContain('asks to wait 86400 s');
  });

  it('tries again when the connection is lost in the middle of a page', async () => {
    const server = await api((_url, response, count) => {
      if (count > 1) return sendJson(response, products);
      response.writeHead(200, { 'content-length': '1000' }).write('[{"id":1}');
      setTimeout(() => response.destroy(), 5);
    });
    expect(ids(await pull(server.url))).toEqual(all);
  });

  it('tells an HTML page from JSON, and JSON from what is cut off', async () => {
    const html = await api((_url, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Please log in</title></html>'),
    );
    expect((await pull(html.url)).faults.map(({ code, reason }) => [code, reason.includes('Please log in')])).toEqual([
      ['SOURCE_MALFORMED', true],
    ]);
    const cut = await api((_url, response) => response.end('[{"id": 1}, {"id'));
    expect((await pull(cut.url)).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
  });

  it('names what is there when the items are not', async () => {
    const server = await api((_url, response) => sendJson(response, { data: {}, meta: 1 }));
    expect((await pull(server.url, { items: 'data.rows' })).faults[0]?.reason).toContain('data, meta');
  });

  it('puts aside what is nested too deep, and keeps the rest', async () => {
    const deep = `{"id":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const server = await api((_url, response) => response.end(`[{"id":0},${deep},{"id":2}]`));
    const reading = await pull(server.url);
    expect(ids(reading)).toEqual([0, 2]);
    expect(reading.faults.map(({ code }) => code)).toEqual(['RECORD_MALFORMED']);
  });

  it('ends a page that is larger than it may be', async () => {
    const server = await api((_url, response) => sendJson(response, products));
    const reading = await pull(server.url, { max_page_bytes: 1024, pagination: { type: 'none' } });
    expect(reading.data.length + reading.faults.length).toBeGreaterThan(0);
    const large = await api((_url, response) => sendJson(response, [{ id: 1, text: 'x'.repeat(5000) }]));
    expect((await pull(large.url, { max_page_bytes: 1024 })).faults[0]?.reason).toContain('max_page_bytes');
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const server = await api((_url, response) => {
      response.writeHead(503, { 'retry-after': '1' }).end();
      setTimeout(() => controller.abort(new Error('stop')), 20);
    });
    await expect(pull(server.url, { retry: { max_ms: 60_000 } }, { signal: controller.signal })).rejects.toThrow(
      'stop',
    );
  });
});

describe('addresses', () => {
  it('that are not public are refused, also after a redirect', async () => {
    const server = await api((_url, response) => sendJson(response, products));
    const refused = await pull(server.url, { allow_private: false });
    expect(refused.faults.map(({ code }) => code)).toEqual(['SOURCE_REFUSED']);
    const name = await pull(server.url.replace('127.0.0.1', 'localhost'), { allow_private: false });
    expect(name.faults.map(({ code }) => code)).toEqual(['SOURCE_REFUSED']);
    expect(server.requests).toEqual([]);
  });

  it('of other protocols are not followed', async () => {
    const server = await api((_url, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    expect((await pull(server.url)).faults.map(({ code }) => code)).toEqual(['SOURCE_REFUSED']);
  });

  it('are followed so many times and no more', async () => {
    const server = await api((_url, response, count) => {
      if (count === 4) sendJson(response, products);
      else response.writeHead(307, { location: `/hop${count}` }).end();
    });
    expect(ids(await pull(server.url, { max_redirects: 3 }))).toEqual(all);
    const round = await api((_url, response) => response.writeHead(302, { location: '/' }).end());
    expect((await pull(round.url, { max_redirects: 3 })).faults[0]?.reason).toContain('more than 3 redirects');
  });
});

describe('what changed', () => {
  it('is asked for by ETag and modification date when one page was enough', async () => {
    const server = await api((_url, response, _count, request) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else sendJson(response, products, { etag: '"v1"', 'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT' });
    });
    const first = await pull(server.url);
    const second = await pull(server.url, {}, { remembered: first.remembered });
    expect([second.notModified, second.items]).toEqual([true, []]);
    expect(server.requests[1]?.headers['if-modified-since']).toBe('Wed, 21 Oct 2015 07:28:00 GMT');
    expect(second.remembered).toEqual(first.remembered);
    expect((await pull(server.url, { conditional: false }, { remembered: first.remembered })).data).toHaveLength(25);
  });

  it('is not asked for by ETag when there were several pages', async () => {
    const server = await api((url, response) =>
      sendJson(response, url.searchParams.get('page') === '1' ? products : [], { etag: '"v1"' }),
    );
    expect((await pull(server.url, { pagination: { type: 'page' } })).remembered).toEqual({});
  });

  it.each([
    ['iso', '2024-05-01T11:59:00.000Z'],
    ['seconds', '1714564740'],
    ['milliseconds', '1714564740000'],
  ])('is asked for by time (%s), with an overlap', async (format, expected) => {
    const server = await api((_url, response) => sendJson(response, products));
    const options = { updated_since: { param: 'since', format } };
    expect((await pull(server.url, options)).changesOnly).toBe(false);
    const second = await pull(server.url, options, { watermark: Date.UTC(2024, 4, 1, 12) });
    expect(second.changesOnly).toBe(true);
    expect(new URL(server.requests[1]?.url ?? '', 'http://t').searchParams.get('since')).toBe(expected);
  });

  it('is asked for no faster than allowed', async () => {
    const server = await api((url, response) =>
      sendJson(response, url.searchParams.get('page') === '9' ? [] : [url.search]),
    );
    const start = performance.now();
    await pull(server.url, { pagination: { type: 'page' }, requests_per_second: 40 });
    expect(server.requests).toHaveLength(9);
    expect(performance.now() - start).toBeGreaterThan(190);
  });
});
