/** Whom an arrival marks: those whose candidate list it can enter or leave, and no more. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentSnapshot, expandMarks, ridOf } from '../../../src/dedup/store/index.js';
import type { Database } from '../../../src/platform/database/port.js';
import type { CanonicalProduct } from '../../../src/records.js';
import type { CanonicalEvent } from '../../support/canonical.js';
import { Reconciler, testModel } from '../../support/reconcile.js';
import { openStore } from '../../support/store.js';

const model = testModel((json) => {
  Object.assign(json.blocking as object, { cap: 20, identifierCap: 20, candidates: 2, anchors: 0 });
});
let database: Database;
let reconciler: Reconciler;
beforeEach(async () => {
  database = await openStore();
  reconciler = new Reconciler(database, model);
});
afterEach(() => database.close());

const event = (id: string, title: string, timestamp = 1): CanonicalEvent => ({
  source: 'shop',
  id,
  timestamp,
  product: { title, gtins: [], internalCodes: [], images: [], variants: {}, attributes: {} } as CanonicalProduct,
});

/** Ids of the records that the events mark beside their own. */
async function marked(events: readonly CanonicalEvent[], by = model): Promise<string[]> {
  await reconciler.apply(events);
  const { id: snapshotId } = (await currentSnapshot(database))!;
  while ((await expandMarks({ database, model: by, snapshotId, counters: reconciler.counters })) > 0);
  const own = events.map(({ source, id }) => ridOf(source, id).toString());
  const rows = await database.query<{ source_id: string }>(
    `select source_id from dirty join source_record using (rid)
     where pending and rid <> all($1::bigint[]) order by source_id collate "C"`,
    [own],
  );
  await reconciler.reconcile('streaming');
  return rows.map((row) => row.source_id);
}

/** Three of one product, three of another; all six share the words that tell least. */
const SIX = ['quartz lantern', 'copper kettle'].flatMap((name, product) =>
  [1, 2, 3].map((n) => event(`${'ab'[product]}${n}`, `${name} outdoor camping gear`)),
);

it('marks those whose list it enters, and leaves those alone that have better ones', async () => {
  await reconciler.apply(SIX);
  await reconciler.reconcile('streaming');
  expect(await marked([event('a4', 'quartz lantern outdoor camping gear')])).toEqual(['a1', 'a2', 'a3']);
  expect(reconciler.counters.get('dedup', '', 'spared')).toBeGreaterThan(0);
});

it('marks those whose list it leaves, by its change or withdrawal', async () => {
  await reconciler.apply(SIX);
  await reconciler.reconcile('streaming');
  // Of a3 the others have nobody better.
  expect(await marked([event('a3', 'velvet ribbon', 2)])).toEqual(['a1', 'a2']);
  expect(await marked([{ source: 'shop', id: 'b3', timestamp: 3 }])).toEqual(expect.arrayContaining(['b1', 'b2']));
});

it('marks everyone who shares a key while it is marked already', async () => {
  await reconciler.apply(SIX);
  await reconciler.reconcile('streaming');
  await database.query(`update dirty set seq = nextval('mark_sequence') where rid = $1::bigint`, [
    ridOf('shop', 'b1').toString(),
  ]);
  expect(await marked([event('a4', 'quartz lantern outdoor camping gear')])).toContain('b1');
});

it('marks everyone of a block that crosses the cap, either way', async () => {
  const filler = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven', 'indigo', 'juniper'];
  const world = filler.flatMap((word, i) => [event(`x${i}`, `${word} umbrella`), event(`y${i}`, `${word} umbrella`)]);
  await reconciler.apply(world);
  await reconciler.reconcile('streaming');
  const everyone = world.map(({ id }) => id).sort();
  expect(await marked([event('z', 'kestrel umbrella')])).toEqual(everyone);
  // Above the cap the word counts for nothing.
  const beyond = await marked([event('zz', 'lagoon umbrella')]);
  expect(beyond.filter((id) => everyone.includes(id))).toEqual([]);
  // One after the other, in one batch: each on its own would not cross.
  const gone = ['z', 'zz'].map((id) => ({ source: 'shop', id, timestamp: 5 }));
  expect(await marked(gone)).toEqual(everyone);
});

it('marks everyone who shares a key with an entry that does not tell weights', async () => {
  await reconciler.apply(SIX);
  await reconciler.reconcile('streaming');
  await database.query(`insert into expand (rid, keys) select rid, keys from block_key where rid = $1::bigint`, [
    ridOf('shop', 'a1').toString(),
  ]);
  expect(await marked([])).toEqual(['a2', 'a3', 'b1', 'b2', 'b3']);
});

it('marks everyone of an identifying block that has anchors', async () => {
  const anchored = testModel((json) => {
    Object.assign(json.blocking as object, { identifierCap: 20, candidates: 2, anchors: 1 });
  });
  reconciler = new Reconciler(database, anchored);
  const sameCode = (id: string, title: string): CanonicalEvent => {
    const one = event(id, title);
    return { ...one, product: { ...one.product!, gtins: ['04006381333931'] } };
  };
  await reconciler.apply(['a1', 'a2', 'a3', 'a4'].map((id) => sameCode(id, 'quartz lantern outdoor camping gear')));
  await reconciler.reconcile('streaming');
  // It shares the code alone, which is less than those four share; but a title of one word makes it their anchor.
  expect(await marked([sameCode('b', 'gizmo')], anchored)).toEqual(['a1', 'a2', 'a3', 'a4']);
});
