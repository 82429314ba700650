import { fileURLToPath } from 'node:url';
import { openEmbeddedDatabase, runMigrations } from '../../src/platform/database/index.js';
import type { Database } from '../../src/platform/database/port.js';

/** An empty store in memory, with the migrations run. */
export async function emptyStore(): Promise<Database> {
  const database = await openEmbeddedDatabase(':memory:');
  await runMigrations(database, fileURLToPath(new URL('../../migrations', import.meta.url)));
  return database;
}
