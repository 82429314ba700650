import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureNeighbourIndex } from '../../src/master/index.js';
import { vectorText } from '../../src/platform/database/port.js';
import { seeded } from '../support/seeded.js';
import { openApp, type TestApp } from './open.js';
import { seed } from './seed.js';

/** Enough for the planner to take the index. */
const COUNT = 6000;
let store: TestApp;
beforeAll(async () => {
  store = await openApp();
  await seed(store.database);
});
afterAll(() => store.close());

const idOf = (n: number) => `g-${String(n).padStart(4, '0')}`;
const similar = async (id: string, query = '') =>
  (await store.app.inject({ method: 'GET', url: `/v1/products/${id}/similar${query}` })).json();

const BLOCK = 60;

/** Blocks lie in directions of their own; in a block each record is two degrees from the one before. */
function vectorOf(n: number): Float32Array {
  const random = seeded(1 + Math.floor(n / BLOCK));
  const direction = Array.from({ length: 62 }, () => random() - 0.5);
  const angle = ((n % BLOCK) * Math.PI) / 90;
  return Float32Array.from([4 * Math.cos(angle), 4 * Math.sin(angle), ...direction]);
}

/** Two sources take turns. */
async function addVectors(from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  await store.database.query(
    `insert into golden_record (golden_id, version, "values", lineage, members, sources, member_count, quality, born)
     select id, 1, jsonb_build_object('title', 'Thing ' || id), '{}', '[]', array[source], 1, 1, 1
     from unnest($1::text[], $2::text[]) as t(id, source)`,
    [numbers.map(idOf), numbers.map((n) => (n % 2 === 0 ? 'even' : 'odd'))],
  );
  await store.database.query(
    `insert into golden_vector select id, v::vector from unnest($1::text[], $2::text[]) as t(id, v)`,
    [numbers.map(idOf), numbers.map((n) => vectorText(vectorOf(n)))],
  );
}

describe('GET /v1/products/:id/similar', () => {
  it('is empty for a product without a vector, and 404 for none', async () => {
    expect(await similar('g-headphones')).toEqual({ goldenId: 'g-headphones', items: [] });
    expect(await similar('g-none')).toMatchObject({ status: 404 });
    expect(await similar('g-headphones', '?limit=0')).toMatchObject({ status: 400 });
  });

  it('answers the nearest first, of some sources if asked, and follows redirects', async () => {
    await addVectors(0, COUNT / 2);
    const near = await similar(idOf(0), '?limit=3');
    expect(near.items.map(({ goldenId }: { goldenId: string }) => goldenId)).toEqual([1, 2, 3].map(idOf));
    expect(near.items[0]).toMatchObject({
      title: 'Thing g-0001',
      sources: ['odd'],
      similarity: expect.closeTo(0.9995, 3),
    });
    const even = await similar(idOf(0), '?limit=3&source=even');
    expect(even.items.map(({ goldenId }: { goldenId: string }) => goldenId)).toEqual([2, 4, 6].map(idOf));
    expect(await similar('g-old')).toEqual({ goldenId: 'g-headphones', items: [] });
  });

  it('answers the same through the index, which is made once there are many, also when most do not match', async () => {
    const before = await similar(idOf(60), '?limit=6&source=even');
    expect(await ensureNeighbourIndex(store.database, COUNT)).toBe(false);
    expect(await ensureNeighbourIndex(store.database, COUNT / 2)).toBe(true);
    expect(await ensureNeighbourIndex(store.database, COUNT)).toBe(true);
    expect(await similar(idOf(60), '?limit=6&source=even')).toEqual(before);
    await addVectors(COUNT / 2, COUNT);
    await store.database.query('analyze golden_vector');
    const plan = await store.database.query<{ 'QUERY PLAN': string }>(
      `explain select golden_id from golden_vector order by embedding <=> (select embedding from golden_vector limit 1) limit 5`,
    );
    expect(JSON.stringify(plan)).toContain('golden_neighbours');
    await store.database.query(`update golden_record set sources = '{rare}' where golden_id in ('g-0059', 'g-5000')`);
    const rare = await similar(idOf(COUNT - 60), '?limit=5&source=rare');
    expect(rare.items.map(({ goldenId }: { goldenId: string }) => goldenId).sort()).toEqual(['g-0059', 'g-5000']);
  });
});
