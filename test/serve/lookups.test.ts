/** Lookups through the cache, and what it answers while the database is away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../src/platform/cache/index.js';
import { openApp, type TestApp } from './open.js';
import { type Road, roadTo } from './road.js';
import { seed } from './seed.js';

const QUERIES = ['gtin=4548736112001', 'source=alpha&id=a%2F1', 'brand=Sonaro&mpn=wh1000xm4'];

interface Opened extends TestApp {
  road: Road;
  /** Whether the app takes the database for away. */
  away: boolean;
}

async function open(ttlMs: number): Promise<Opened> {
  const cache = createMemoryCache({ ttlMs, negativeTtlMs: 3_600_000 });
  const state: { road?: Road; away: boolean } = { away: false };
  const app = await openApp({ cache, databaseAway: () => state.away }, (database) => {
    state.road = roadTo(database);
    return state.road.database;
  });
  await seed(app.database);
  return Object.assign(state, app) as Opened;
}

let lasting: Opened;
/** Everything in its cache is past its time after a millisecond. */
let brief: Opened;
beforeAll(async () => {
  lasting = await open(3_600_000);
  brief = await open(1);
});
afterAll(async () => {
  await lasting?.close();
  await brief?.close();
});
beforeEach(() => {
  for (const opened of [lasting, brief]) {
    opened.road.mend();
    opened.away = false;
  }
});

const get = ({ app }: Opened, query: string) => app.inject({ method: 'GET', url: `/v1/products?${query}` });
const ids = async (query: string) =>
  (await get(lasting, query)).json().items.map((item: { goldenId: string }) => item.goldenId);
const expired = () => new Promise((resolve) => setTimeout(resolve, 3));

describe.each(QUERIES)('a lookup by %s', (query) => {
  it('is answered from the cache the second time', async () => {
    expect(await ids(query)).toEqual(['g-headphones']);
    expect(lasting.road.asked()).toBeGreaterThan(0);
    expect(await ids(query)).toEqual(['g-headphones']);
    expect(lasting.road.asked()).toBe(0);
  });

  it('is answered as stale while the database is away, and as fresh when it is back', async () => {
    const fresh = (await get(brief, query)).json();
    expect(fresh).not.toHaveProperty('stale');
    await expired();
    brief.road.cut();
    const answer = await get(brief, query);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['x-assay-stale']).toBe('true');
    expect(answer.json()).toEqual({ ...fresh, stale: true, items: [{ ...fresh.items[0], stale: true }] });
    brief.road.mend();
    const again = await get(brief, query);
    expect(again.headers).not.toHaveProperty('x-assay-stale');
    expect(again.json()).toEqual(fresh);
  });
});

describe('while the database is known to be away', () => {
  it('an answer of the cache is the last version known, also within its time', async () => {
    for (const url of ['/v1/products?gtin=40123455', '/v1/products/g-coffee']) {
      expect((await lasting.app.inject({ url })).headers).not.toHaveProperty('x-assay-stale');
      lasting.away = true;
      const answer = await lasting.app.inject({ url });
      expect(answer.headers['x-assay-stale']).toBe('true');
      expect(answer.json().stale).toBe(true);
      lasting.away = false;
    }
  });

  it('what the cache has not is 503, with when to ask again', async () => {
    brief.road.cut();
    const uncached = ['gtin=96385074', 'source=alpha&id=nothing', 'brand=Sonaro&mpn=none'];
    for (const url of [...uncached.map((query) => `/v1/products?${query}`), '/v1/products/g-nothing']) {
      const answer = await brief.app.inject({ url });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.json()).toMatchObject({
        code: 'PLATFORM_UNAVAILABLE',
        detail: expect.stringContaining('postgres'),
      });
    }
  });

  it('many ids are answered as far as the cache has all of them', async () => {
    const post = (list: string[]) =>
      brief.app.inject({ method: 'POST', url: '/v1/products:batchGet', payload: { ids: list } });
    for (const id of ['g-headphones', 'g-old', 'g-gone']) await brief.app.inject({ url: `/v1/products/${id}` });
    await expired();
    brief.road.cut();
    const answer = await post(['g-old', 'g-headphones', 'g-gone']);
    expect(answer.headers['x-assay-stale']).toBe('true');
    expect(answer.json()).toMatchObject({
      items: [
        { goldenId: 'g-headphones', redirectedFrom: 'g-old', stale: true },
        { goldenId: 'g-headphones', stale: true },
      ],
      missing: [{ id: 'g-gone', reason: 'retired' }],
    });
    expect((await post(['g-headphones', 'g-unknown'])).statusCode).toBe(503);
  });
});

it('that there is nothing is remembered, for a while', async () => {
  for (const query of ['gtin=5901234123457', 'brand=Sonaro&mpn=unheard-of', 'source=alpha&id=unheard-of']) {
    expect(await ids(query)).toEqual([]);
    lasting.road.asked();
    expect(await ids(query)).toEqual([]);
    expect(lasting.road.asked()).toBe(0);
  }
});

it('a code beyond ASCII, of which the database decides what is alike, is not cached', async () => {
  expect(await ids(`brand=Sonaro&mpn=${encodeURIComponent('WH‑1000XM4')}`)).toEqual(['g-headphones']);
  lasting.road.asked();
  expect(await ids(`brand=Sonaro&mpn=${encodeURIComponent('WH‑1000XM4')}`)).toEqual(['g-headphones']);
  expect(lasting.road.asked()).toBeGreaterThan(0);
});
