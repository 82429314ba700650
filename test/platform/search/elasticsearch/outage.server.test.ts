import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabaseSearch, withFallback } from '../../../../src/platform/search/index.js';
import { openStore } from '../../../support/store.js';
import { documentOf, type Place, place, QUERY, type Road, roadTo } from './support.js';

const DOCUMENTS = Array.from({ length: 8 }, (_, n) => documentOf(`g${n}`, 1, `Gadget number ${n}`));
const AWAY = { code: 'PLATFORM_UNAVAILABLE' };

let here: Place;
let road: Road;
beforeEach(async () => {
  here = place();
  road = await roadTo(here.url);
});
afterEach(async () => {
  await here.clear();
  await road.close();
});

describe('with the server away', () => {
  it('opens, answers PLATFORM_UNAVAILABLE, and takes up its work when the server is back', async () => {
    await road.refuse();
    const search = await here.open({ url: road.url });
    expect(here.told).toEqual([expect.stringContaining('away')]);
    await expect(search.index(DOCUMENTS)).rejects.toMatchObject(AWAY);
    await expect(search.search(QUERY)).rejects.toMatchObject(AWAY);
    await expect(search.suggest('gad', 5)).rejects.toMatchObject(AWAY);
    await expect(search.remove([{ goldenId: 'g1', version: 1 }])).rejects.toMatchObject(AWAY);
    expect(search.guards()).toMatchObject([{ name: 'elasticsearch', breaker: 'open' }]);
    expect(search.guards()[0]?.failures).toBeGreaterThan(0);
    await road.mend();
    await expect.poll(() => search.index(DOCUMENTS).catch(() => 'away'), { timeout: 20_000 }).toBeUndefined();
    expect((await search.search(QUERY)).total).toBe(8);
    expect(search.guards()).toMatchObject([{ breaker: 'closed' }]);
  });

  it('waits no longer than it was told to for a server that says nothing', async () => {
    const search = await here.open({ url: road.url, searchTimeoutMs: 20_000 });
    await search.index(DOCUMENTS);
    const impatient = await here.open({ url: road.url, searchTimeoutMs: 100, writeTimeoutMs: 200 });
    road.hang();
    await expect(impatient.search(QUERY)).rejects.toMatchObject(AWAY);
    await expect(impatient.index(DOCUMENTS)).rejects.toMatchObject(AWAY);
    await road.mend();
    expect((await search.search(QUERY)).total).toBe(8);
  });

  it('keeps a consumer where it is while the index takes no writes', async () => {
    const search = await here.open();
    const [index] = await here.indices();
    await here.client.indices.putSettings({ index: index!, settings: { 'index.blocks.read_only_allow_delete': true } });
    await expect(search.index(DOCUMENTS)).rejects.toMatchObject({
      ...AWAY,
      message: expect.stringContaining('cluster_block_exception'),
    });
    await here.client.indices.putSettings({ index: index!, settings: { 'index.blocks.read_only_allow_delete': null } });
    await expect.poll(() => search.index(DOCUMENTS).catch(() => 'blocked'), { timeout: 20_000 }).toBeUndefined();
  });

  it('says that the index is missing, and makes it anew with the next write', async () => {
    const search = await here.open();
    await search.index(DOCUMENTS);
    await here.client.indices.delete({ index: await here.indices() });
    await expect(search.search(QUERY)).rejects.toMatchObject({ ...AWAY, message: expect.stringContaining('rebuild') });
    await search.index(DOCUMENTS.slice(0, 2));
    expect((await search.search(QUERY)).total).toBe(2);
    expect(here.told.filter((line) => line.includes('rebuild'))).toHaveLength(2);
  });
});

describe('with a substitute', () => {
  it('lets the database answer, says so, and goes back to the server', async () => {
    const database = await openStore();
    const primary = await here.open({ url: road.url, searchTimeoutMs: 20_000 });
    const substitute = createDatabaseSearch(database);
    const warned: string[] = [];
    const search = withFallback(primary, substitute, { logger: { warn: (_details, message) => warned.push(message) } });
    await search.index(DOCUMENTS);
    expect((await substitute.search(QUERY)).total).toBe(0);
    await substitute.index(DOCUMENTS);

    const two = { ...QUERY, text: 'gadget', limit: 2 };
    const ofServer = await search.search(two);
    expect(ofServer.degraded).toBeUndefined();
    await road.refuse();
    const ofDatabase = await search.search(two);
    expect(ofDatabase.degraded).toContain('elasticsearch does not answer');
    expect(ofDatabase.items.map((hit) => hit.goldenId)).toEqual(ofServer.items.map((hit) => hit.goldenId));
    expect(await search.suggest('gadget number 3', 3)).toContainEqual(expect.objectContaining({ goldenId: 'g3' }));
    expect(search.degraded()).toBe(2);
    expect(warned).toHaveLength(1);
    // A place in the server's list is none in the database's.
    await expect(search.search({ ...two, cursor: ofServer.nextCursor! })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('begin again'),
    });
    await expect(search.search({ ...two, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(search.index(DOCUMENTS)).rejects.toMatchObject(AWAY);

    await road.mend();
    const back = () => search.search(two).then(({ degraded }) => degraded ?? 'server', String);
    await expect.poll(back, { timeout: 20_000 }).toBe('server');
    // A list that the database began is gone on with by the database.
    const next = await search.search({ ...two, cursor: ofDatabase.nextCursor! });
    expect(next.degraded).toBeDefined();
    expect(next.items).toHaveLength(2);
    const seen = [...ofDatabase.items, ...next.items].map((hit) => hit.goldenId);
    expect(new Set(seen).size).toBe(4);
    await expect(substitute.search({ ...two, cursor: ofServer.nextCursor! })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(primary.search({ ...two, cursor: ofDatabase.nextCursor! })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await database.close();
  });

  it('lets other errors through', async () => {
    const primary = await here.open();
    const search = withFallback(primary, primary);
    await expect(search.search({ ...QUERY, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(search.degraded()).toBe(0);
  });
});
