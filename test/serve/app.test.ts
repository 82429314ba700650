import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenOf } from '../../bench/serve-records.js';
import { AssayError } from '../../src/errors.js';
import type { CanonicalProduct } from '../../src/records.js';
import { toSearchDocument } from '../../src/serve/index.js';
import { openApp, type TestApp } from './open.js';
import { COFFEE, full, HEADPHONES } from './seed.js';

let store: TestApp;
let ready: { ready: boolean; reason?: string };
let resolved: CanonicalProduct | undefined;

beforeAll(async () => {
  ready = { ready: false, reason: 'the first reconciliation is under way' };
  store = await openApp({
    ready: () => ready,
    resolve: async (product) => {
      resolved = product;
      if (product.title === 'no snapshot') throw new AssayError('NOT_READY', 'No corpus snapshot has been taken yet.');
      if (product.title === 'broken') throw new TypeError('secret inner words');
      if (product.title === 'database') throw new AssayError('DATABASE', 'secret statement');
      return {
        goldenId: 'g1',
        probability: 0.97,
        stage: 'fuzzy',
        candidates: [
          {
            source: 'alpha',
            sourceId: '7',
            goldenId: 'g1',
            probability: 0.97,
            stage: 'fuzzy',
            features: { title: 0.9, gtin: null },
          },
        ],
      };
    },
  });
  await store.search.index(
    [HEADPHONES, COFFEE].map(({ id, version, values, members, validFrom }) =>
      toSearchDocument({
        goldenId: id,
        version,
        values: full(values),
        sources: members.map((member) => member.source),
        validFrom,
      }),
    ),
  );
});
afterAll(() => store.close());

const get = (url: string, headers = {}) => store.app.inject({ method: 'GET', url, headers });
const post = (url: string, payload: string | object, headers = {}) =>
  store.app.inject({ method: 'POST', url, payload, headers });

describe('GET /v1/search', () => {
  it('answers items, total, facets and the next page', async () => {
    const answer = await get('/v1/search?q=sonaro&limit=1');
    expect(answer.json()).toMatchObject({
      items: [{ goldenId: 'g-headphones', highlight: '<mark>Sonaro</mark> WH-1000XM4 &lt;Headphones&gt;', price: 249 }],
      total: 1,
      facets: { brand: [{ value: 'Sonaro', count: 1 }], source: expect.any(Array) },
      nextCursor: null,
    });
    const first = (await get('/v1/search?limit=1')).json();
    const second = (await get(`/v1/search?limit=1&cursor=${first.nextCursor}`)).json();
    expect([first.items[0].goldenId, second.items[0].goldenId].sort()).toEqual(['g-coffee', 'g-headphones']);
    expect(second.nextCursor).toBeNull();
  });

  it('takes a filter once or several times, and facets as a list', async () => {
    expect((await get('/v1/search?brand=Sonaro')).json().total).toBe(1);
    expect((await get('/v1/search?brand=Sonaro&brand=Nestor%C3%A1')).json().total).toBe(2);
    expect(Object.keys((await get('/v1/search?facets=brand,colour')).json().facets)).toEqual(['brand', 'colour']);
    expect((await get('/v1/search?facets=none')).json().facets).toEqual({});
    expect((await get('/v1/search?price_min=200&price_max=250')).json().total).toBe(1);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'sort=best', 'facets=shape', 'cursor=xyz', 'price_min=-1', 'query=tv'])(
    'refuses %s',
    async (query) =>
      expect((await get(`/v1/search?${query}`)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' }),
  );
});

it('suggests', async () => {
  expect((await get('/v1/suggest?q=nesto')).json().items[0]).toEqual({ text: 'Nestorá', kind: 'brand' });
  expect((await get('/v1/suggest')).statusCode).toBe(400);
});

describe('POST /v1/resolve', () => {
  it('takes a flat listing and makes it canonical', async () => {
    const answer = await post('/v1/resolve', {
      title: '  Sonaro&nbsp;WH-1000XM4 ',
      brand: 'Sonaro',
      gtin: '4 548736 112001',
      category: 'Electronics > Headphones',
      price: '1.279,99 €',
      color: 'Black',
      condition: 'brand new',
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      goldenId: 'g1',
      probability: 0.97,
      stage: 'fuzzy',
      candidates: [
        {
          goldenId: 'g1',
          record: { source: 'alpha', sourceId: '7' },
          probability: 0.97,
          stage: 'fuzzy',
          why: { title: 0.9, gtin: null },
        },
      ],
    });
    expect(resolved).toMatchObject({
      title: 'Sonaro WH-1000XM4',
      gtins: ['04548736112001'],
      category: ['Electronics', 'Headphones'],
      price: { amount: 1279.99, currency: 'EUR' },
      colour: 'black',
      condition: 'new',
      images: [],
    });
  });

  it('takes canonical fields', async () => {
    await post('/v1/resolve', {
      title: 't',
      gtins: ['04548736112001'],
      price: { amount: 3, currency: 'EUR' },
      category: ['A', 'B'],
    });
    expect(resolved).toMatchObject({
      gtins: ['04548736112001'],
      price: { amount: 3, currency: 'EUR' },
      category: ['A', 'B'],
    });
  });

  it.each([
    {},
    { title: 5 },
    { title: 't', colr: 'x' },
    { title: 't', price: { amount: '3' } },
    { title: 't', gtins: 'x' },
    [],
  ])('refuses %j, without coercing', async (body) => {
    const answer = await post('/v1/resolve', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.length).toBeGreaterThan(0);
  });

  it('names the unknown field', async () => {
    const answer = await post('/v1/resolve', { title: 't', colr: 'x' });
    expect(answer.json().detail).toContain('has no field "colr"');
  });
});

describe('errors', () => {
  it('are problem details of the error table', async () => {
    const answer = await get('/v1/products/nope', { 'x-request-id': 'mine-1' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['x-request-id']).toBe('mine-1');
    expect(answer.json()).toEqual({
      type: 'urn:assay:error:NOT_FOUND',
      title: 'There is no such thing',
      status: 404,
      detail: 'There is no product with the id "nope".',
      instance: '/v1/products/nope',
      code: 'NOT_FOUND',
      hint: expect.any(String),
      requestId: 'mine-1',
    });
  });

  it.each([
    ['GET', '/nowhere', 404],
    ['DELETE', '/v1/search', 404],
    ['GET', '/v1/products/%E0%A4%A', 400],
  ] as const)('%s %s is a problem too', async (method, url, status) => {
    const answer = await store.app.inject({ method, url });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({ status, instance: url });
  });

  it.each([
    ['{"title":', 'application/json', 400],
    ['{"title":"x"}', 'application/xml', 415],
    [JSON.stringify({ title: 'x'.repeat(1_100_000) }), 'application/json', 413],
    ['{"title":"x","__proto__":{"a":1}}', 'application/json', 400],
  ])('%.20s as %s is refused with %i', async (payload, type, status) => {
    const answer = await post('/v1/resolve', payload, { 'content-type': type });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code: 'BAD_REQUEST' });
  });

  it.each(['broken', 'database'])('say nothing of what went wrong inside (%s)', async (title) => {
    const answer = await post('/v1/resolve', { title });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'INTERNAL' });
    expect(answer.body).not.toMatch(/secret|at .*\.ts/);
    expect(store.log.join('')).toContain(answer.json().requestId);
    expect(store.log.join('')).toContain('secret');
  });

  it('say when it is too early', async () => {
    expect((await post('/v1/resolve', { title: 'no snapshot' })).json()).toMatchObject({
      status: 503,
      code: 'NOT_READY',
    });
  });

  it('ignore request ids that are none', async () => {
    const answer = await get('/health', { 'x-request-id': 'a b\\n{}' });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('operation', () => {
  it('is healthy, and ready when told', async () => {
    expect((await get('/health')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    const early = await get('/ready');
    expect(early.json()).toMatchObject({ status: 503, detail: 'Not ready: the first reconciliation is under way.' });
    ready = { ready: true };
    expect((await get('/ready')).json()).toEqual({ ready: true });
  });

  it('sets security headers everywhere', async () => {
    for (const url of ['/', '/v1/search', '/nowhere', '/docs/json']) {
      const { headers } = await get(url);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });
});

it('makes search documents without empty fields', () => {
  const document = toSearchDocument(goldenOf(3));
  expect(document.codes.length).toBe(3);
  expect(toSearchDocument({ ...goldenOf(3), values: full({ title: 't' }) })).toEqual({
    goldenId: document.goldenId,
    version: 1,
    title: 't',
    codes: [],
    sources: document.sources,
    attributes: {},
    updatedAt: document.updatedAt,
  });
});
