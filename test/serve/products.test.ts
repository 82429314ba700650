import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from './open.js';
import { seed } from './seed.js';

let store: TestApp;
beforeAll(async () => {
  store = await openApp();
  await seed(store.database);
});
afterAll(() => store.close());

const get = (url: string) => store.app.inject({ method: 'GET', url });

describe('GET /v1/products/:id', () => {
  it('answers a golden record with where it is described further', async () => {
    const answer = await get('/v1/products/g-headphones');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch('application/json');
    expect(answer.json()).toMatchObject({
      goldenId: 'g-headphones',
      version: 3,
      values: { brand: 'Sonaro', price: { amount: 249, currency: 'EUR' }, attributes: { wireless: true } },
      sources: ['alpha', 'beta'],
      memberCount: 2,
      quality: expect.closeTo(0.9),
      validFrom: '2024-03-01T00:00:00.000Z',
      links: { history: '/v1/products/g-headphones/history' },
    });
    expect(answer.json()).not.toHaveProperty('redirectedFrom');
  });

  it.each(['g-old', 'g-older'])('follows the redirect of %s and tells so', async (id) => {
    const answer = await get(`/v1/products/${id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ goldenId: 'g-headphones', redirectedFrom: id });
    expect(answer.headers['x-assay-redirected-from']).toBe(id);
    expect(answer.headers['content-location']).toBe('/v1/products/g-headphones');
  });

  it('answers 410 for a retired product, with a link to its history', async () => {
    const answer = await get('/v1/products/g-gone');
    expect(answer.statusCode).toBe(410);
    expect(answer.json()).toMatchObject({ code: 'RETIRED', links: { history: '/v1/products/g-gone/history' } });
    const history = await get('/v1/products/g-gone/history');
    expect(history.json()).toMatchObject({
      items: [{ version: 1, endedBy: 'retired', values: { title: 'Plimsoll' } }],
    });
  });

  it.each(['nope', '%00', '%ED%A0%80', "'; drop table golden_record; --", `${'x'.repeat(199)}`])(
    'answers 4xx for the id %s',
    async (id) => {
      const answer = await get(`/v1/products/${id}`);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    },
  );

  it.each([
    ['2024-01-15T00:00:00Z', 1, 299],
    ['2024-02-01T00:00:00Z', 2, 279],
    ['2024-02-29T23:59:59Z', 2, 279],
    ['2024-06-01T12:00:00+02:00', 3, 249],
  ])('reads the record as of %s', async (asOf, version, amount) => {
    const answer = await get(`/v1/products/g-headphones?asOf=${encodeURIComponent(asOf)}`);
    expect(answer.json()).toMatchObject({ version, values: { price: { amount } } });
  });

  it('reads a merged id as it was before the merge, and nothing before the birth', async () => {
    expect((await get('/v1/products/g-old?asOf=2024-01-15T00:00:00Z')).json()).toMatchObject({
      goldenId: 'g-old',
      sources: ['beta'],
      validTo: '2024-02-01T00:00:00.000Z',
    });
    expect((await get('/v1/products/g-old?asOf=2023-01-15T00:00:00Z')).statusCode).toBe(404);
    for (const asOf of ['yesterday', '0000-01-01T00:00:00Z', '2024-06-30T23:59:60Z'])
      expect((await get(`/v1/products/g-old?asOf=${asOf}`)).statusCode).toBe(400);
  });

  it('keeps what it read until the cache is told of a change', async () => {
    expect((await get('/v1/products/g-coffee')).json().version).toBe(1);
    await store.database.query("update golden_record set version = 2, quality = 0.5 where golden_id = 'g-coffee'");
    expect((await get('/v1/products/g-coffee')).json().version).toBe(1);
    await store.cache.invalidate([{ key: 'g-coffee', version: 1 }]);
    expect((await get('/v1/products/g-coffee')).json()).toMatchObject({ version: 2, quality: 0.5 });
    const metrics = (await get('/metrics')).body;
    expect(metrics).toMatch(/assay_cache_lookups_total\{result="hit"\} [1-9]/);
    expect(metrics).toMatch(/assay_cache_lookups_total\{result="miss"\} [1-9]/);
  });
});

describe('GET /v1/products', () => {
  const ids = async (query: string) =>
    (await get(`/v1/products?${query}`)).json().items.map((p: { goldenId: string }) => p.goldenId);

  it.each(['4548736112001', '04548736112001', '4-548736-112001', '4548736 112001'])(
    'finds by GTIN %s',
    async (gtin) => {
      expect(await ids(`gtin=${encodeURIComponent(gtin)}`)).toEqual(['g-headphones']);
    },
  );

  it('finds by GTIN-8, and nothing for one that no product has', async () => {
    expect(await ids('gtin=40123455')).toEqual(['g-coffee']);
    expect(await ids('gtin=5901234123457')).toEqual([]);
  });

  it('finds by the record of a source', async () => {
    expect(await ids('source=alpha&id=a%2F1')).toEqual(['g-headphones']);
    expect(await ids('source=beta&id=a%2F1')).toEqual([]);
  });

  it.each([
    ['Sonaro', 'wh1000xm4'],
    ['SONARO', 'WH 1000-XM4'],
    ['sonaro', 'wh-1000xm4'],
  ])('finds by brand %s and part number %s', async (brand, mpn) => {
    expect(await ids(`brand=${brand}&mpn=${encodeURIComponent(mpn)}`)).toEqual(['g-headphones']);
  });

  it('finds by model, accents folded, and never under another brand', async () => {
    expect(await ids('brand=nestora&mpn=cc-250')).toEqual(['g-coffee']);
    expect(await ids('brand=Kanova&mpn=wh1000xm4')).toEqual([]);
    expect(await ids('brand=Sonaro&mpn=---')).toEqual([]);
  });

  it.each([
    '',
    'gtin=123',
    'gtin=4548736112002',
    'source=alpha',
    'brand=Sonaro',
    'gtin=4548736112001&brand=x',
    'gtni=1',
  ])('refuses "%s"', async (query) => {
    const answer = await get(`/v1/products?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('BAD_REQUEST');
  });
});

describe('POST /v1/products:batchGet', () => {
  const post = (payload: object) => store.app.inject({ method: 'POST', url: '/v1/products:batchGet', payload });

  it('answers in the order asked for, follows redirects, and names what is missing', async () => {
    const answer = await post({ ids: ['g-coffee', 'nope', 'g-older', 'g-gone', 'g-headphones', 'g-coffee'] });
    expect(answer.json()).toMatchObject({
      items: [
        { goldenId: 'g-coffee' },
        { goldenId: 'g-headphones', redirectedFrom: 'g-older' },
        { goldenId: 'g-headphones' },
      ],
      missing: [
        { id: 'nope', reason: 'not_found' },
        { id: 'g-gone', reason: 'retired' },
      ],
    });
    expect(answer.json().items).toHaveLength(3);
  });

  it.each([{}, { ids: [] }, { ids: 'g-coffee' }, { ids: [1] }, { ids: ['a'], more: 1 }, { ids: Array(501).fill('a') }])(
    'refuses %j',
    async (payload) => expect((await post(payload)).statusCode).toBe(400),
  );
});

describe('parts of a product', () => {
  it('lists its records', async () => {
    const answer = (await get('/v1/products/g-old/members')).json();
    expect(answer).toMatchObject({
      goldenId: 'g-headphones',
      total: 2,
      items: [
        { source: 'alpha', sourceId: 'a/1', product: { title: 'Sonaro WH-1000XM4 <Headphones> 0' } },
        { source: 'beta', sourceId: 'b1' },
      ],
    });
  });

  it('tells where values came from', async () => {
    const { attributes } = (await get('/v1/products/g-headphones/lineage')).json();
    expect(attributes.title).toEqual({
      value: 'Sonaro WH-1000XM4 <Headphones>',
      rule: 'source_priority',
      from: [{ source: 'alpha', sourceId: 'a/1' }],
      others: [{ source: 'beta', sourceId: 'b1', value: 'WH1000XM4 hp' }],
    });
    expect(attributes['attributes.wireless']).toMatchObject({ value: true, rule: 'majority' });
  });

  it('tells every version and what changed', async () => {
    const history = (await get('/v1/products/g-headphones/history')).json();
    expect(history.items.map((item: { version: number }) => item.version)).toEqual([3, 2, 1]);
    expect(history.items[0].changes).toEqual([
      { attribute: 'price', before: { amount: 279, currency: 'EUR' }, after: { amount: 249, currency: 'EUR' } },
    ]);
    expect(history.items[2].changes).toEqual([]);
    expect(history.items[1].changes.map((change: { attribute: string }) => change.attribute)).toContain('members');
    expect((await get('/v1/products/g-old/history')).json()).toMatchObject({ mergedInto: 'g-headphones' });
    expect((await get('/v1/products/nope/history')).statusCode).toBe(404);
  });

  it('counts sources', async () => {
    expect((await get('/v1/sources')).json()).toMatchObject({
      total: 2,
      items: [
        { source: 'alpha', records: 2, withdrawn: 0, products: 2 },
        { source: 'beta', records: 1, products: 1 },
      ],
    });
  });
});
