import { openEmbeddedDatabase, runMigrations } from '../../src/platform/database/index.js';
import { openDatabaseRegistry } from '../../src/platform/registry/index.js';
import { describeRegistry } from './registry.js';

describeRegistry('embedded', async () => {
  const database = await openEmbeddedDatabase(':memory:');
  await runMigrations(database);
  return {
    registry: openDatabaseRegistry(database),
    second: openDatabaseRegistry(database),
    destroy: () => database.close(),
  };
});
