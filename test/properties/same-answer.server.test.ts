/** One answer on both databases: every table of a store in a server equals that of an embedded one, collations and all. */
import { expect, it } from 'vitest';
import { catalogue } from '../support/catalogue.js';
import { Reconciler, testModel } from '../support/reconcile.js';
import { openStore, type StoreKind } from '../support/store.js';
import { dumpTables } from '../support/tables.js';

const world = catalogue(4, 60);
/** A small cap, so that some blocks are cut and some cross it on the way. */
const model = testModel((json) => {
  (json.blocking as { cap: number }).cap = 12;
});

async function tables(kind: StoreKind): Promise<Map<string, string[]>> {
  const database = await openStore(kind);
  try {
    const reconciler = new Reconciler(database, model, new Set(['alpha']));
    await reconciler.apply(world.base);
    await reconciler.reconcile('bulk');
    for (let from = 0; from < world.changes.length; from += 40) {
      await reconciler.apply(world.changes.slice(from, from + 40), 25);
      await reconciler.reconcile('streaming', 25);
    }
    return await dumpTables(database);
  } finally {
    await database.close();
  }
}

it('is the same in a server and embedded', async () => {
  const embedded = await tables('embedded');
  expect(embedded.get('golden_record')?.length).toBeGreaterThan(20);
  expect(embedded.get('edge')?.length).toBeGreaterThan(20);
  expect(await tables('postgres')).toEqual(embedded);
});
