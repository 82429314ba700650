import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../../../src/platform/search/index.js';
import { documentOf, type Place, place, QUERY } from './support.js';

const idOf = (n: number) => `g${String(n).padStart(4, '0')}`;
const DOCUMENTS = Array.from({ length: 300 }, (_, n) => documentOf(idOf(n), 3, `Gadget ${n}`));

let here: Place;
beforeEach(() => {
  here = place();
});
afterEach(() => here.clear());

async function* portions(documents: readonly SearchDocument[], size: number, between?: (n: number) => Promise<void>) {
  for (let at = 0; at < documents.length; at += size) {
    yield documents.slice(at, at + size);
    await between?.(at / size);
  }
}

describe('rebuild', () => {
  it('puts a new index in the place of the old one, with what other processes change meanwhile', async () => {
    const search = await here.open();
    const other = await here.open();
    await search.index(DOCUMENTS);
    await search.remove([{ goldenId: idOf(299), version: 3 }]);
    const before = await here.indices();
    const steps: (() => Promise<void>)[] = [
      // Written before and after the rebuild reads them; removed before and after; new; older than what is read.
      () => other.index([documentOf(idOf(0), 4, 'Changed gizmo'), documentOf(idOf(250), 4, 'Changed gizmo')]),
      () => other.remove([idOf(1), idOf(251)].map((goldenId) => ({ goldenId, version: 4 }))),
      () => other.index([documentOf('new', 1, 'New gizmo'), documentOf(idOf(2), 2, 'Older gizmo')]),
    ];
    const seen: number[] = [];
    const told: number[] = [];
    const rebuilt = await search.reindex(
      portions(DOCUMENTS.slice(0, 299), 100, async (n) => {
        await steps[n]?.();
        seen.push((await other.search({ ...QUERY, text: 'gadget' })).total);
      }),
      (written) => told.push(written),
    );
    expect(seen).toEqual([297, 295, 295]);
    expect(told).toEqual([100, 200, 299]);
    expect(rebuilt).toMatchObject({ documents: 299, before: 299, removed: 3 });
    const after = await here.indices();
    expect(after).toEqual([rebuilt.index]);
    expect(after).not.toEqual(before);
    for (const reader of [search, other]) {
      expect((await reader.search(QUERY)).total).toBe(298);
      const gizmos = (await reader.search({ ...QUERY, text: 'gizmo' })).items.map(({ document }) => document);
      expect(gizmos.map(({ goldenId, version }) => [goldenId, version]).sort()).toEqual([
        [idOf(0), 4],
        [idOf(250), 4],
        ['new', 1],
      ]);
    }
    // The new index knows what was removed before it was made, and meanwhile.
    await other.index([documentOf(idOf(299), 3, 'Late gizmo'), documentOf(idOf(1), 4, 'Late gizmo')]);
    expect((await search.search({ ...QUERY, text: 'late' })).total).toBe(0);
  });

  it('loses nothing that is written while the index is swapped', async () => {
    const search = await here.open();
    const other = await here.open();
    await search.index(DOCUMENTS.slice(0, 50));
    let going = true;
    let written = 0;
    const writing = (async () => {
      while (going) await other.index([documentOf(`w${written++}`, 1, 'Written meanwhile')]);
    })();
    // As a rebuild reads the database: what was written when it begins to read, which is after it made the index.
    async function* known() {
      const all = Array.from({ length: written }, (_, n) => documentOf(`w${n}`, 1, 'Written meanwhile'));
      yield* portions([...DOCUMENTS.slice(0, 50), ...all], 20);
    }
    for (let round = 0; round < 3; round++) await search.reindex(known());
    going = false;
    await writing;
    expect((await search.search({ ...QUERY, text: 'written' })).total).toBe(written);
    expect(await here.indices()).toHaveLength(1);
  });

  it('leaves the old index as it was when it fails, and clears away what another left', async () => {
    const search = await here.open();
    await search.index(DOCUMENTS.slice(0, 10));
    const before = await here.indices();
    const failing = portions(DOCUMENTS.slice(0, 5), 5, async () => {
      throw new Error('the database went away');
    });
    await expect(search.reindex(failing)).rejects.toThrow('the database went away');
    expect(await here.indices()).toEqual(before);
    expect((await search.search(QUERY)).total).toBe(10);
    const left = `${here.namespace}-products-000002`;
    await here.client.indices.create({ index: left, aliases: { [`${here.namespace}-products-filling`]: {} } });
    expect((await search.status()).filling).toEqual([left]);
    const { index } = await search.reindex(portions(DOCUMENTS.slice(0, 10), 10));
    expect(await here.indices()).toEqual([index]);
    expect(await search.status()).toEqual({ index, state: 'current', documents: 10, removed: 0, filling: [] });
  });

  it('is asked for when the index is of another layout, and gives it the one of today', async () => {
    const first = `${here.namespace}-products-000001`;
    await here.client.indices.create({
      index: first,
      aliases: { [`${here.namespace}-products`]: {} },
      mappings: { _meta: { assay: { layout: 'older' } } },
    });
    const search = await here.open();
    await search.index(DOCUMENTS.slice(0, 3));
    expect(here.told.filter((line) => line.includes('assay search-index rebuild'))).toHaveLength(1);
    expect((await search.status()).state).toBe('needs rebuild');
    await search.reindex(portions(DOCUMENTS.slice(0, 3), 3));
    expect((await search.status()).state).toBe('current');
    expect((await search.search({ ...QUERY, text: 'gadget' })).total).toBe(3);
  });
});

it('makes one index when several processes start at once', async () => {
  const opened = await Promise.all(Array.from({ length: 6 }, () => here.open()));
  expect(await here.indices()).toEqual([`${here.namespace}-products-000001`]);
  await Promise.all(opened.map((search, n) => search.index([documentOf(idOf(n), 1, 'Gadget')])));
  expect((await opened[0]!.search(QUERY)).total).toBe(6);
});
