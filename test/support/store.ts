import { openEmbeddedDatabase, openPostgres, runMigrations } from '../../src/platform/database/index.js';
import type { Database } from '../../src/platform/database/port.js';
import { freshDatabase } from './servers.js';

export type StoreKind = 'embedded' | 'postgres';

let kind: StoreKind = 'embedded';

/**
 * From here on `openStore` of this test file gives stores of that kind. A suite that opens its store by it runs on the
 * server too by being imported after this: test/serve/store.server.test.ts.
 */
export function useStores(of: StoreKind): void {
  kind = of;
}

/** An empty store, with the migrations run. Closing one of a server also removes it. */
export async function openStore(of: StoreKind = kind): Promise<Database> {
  const database = await openEmpty(of);
  await runMigrations(database);
  return database;
}

/** A database without anything, which goes with its closing. */
export async function openEmpty(of: StoreKind = kind): Promise<Database> {
  if (of === 'embedded') return openEmbeddedDatabase(':memory:');
  const { url, drop } = await freshDatabase();
  const database = await openPostgres({ url });
  const close = database.close.bind(database);
  database.close = async () => {
    await close();
    await drop();
  };
  return database;
}
