import { openPostgres, runMigrations } from '../../src/platform/database/index.js';
import { openDatabaseRegistry } from '../../src/platform/registry/index.js';
import { freshDatabase } from '../support/servers.js';
import { describeRegistry } from './registry.js';

describeRegistry('postgres', async () => {
  const { url, drop } = await freshDatabase();
  const [first, second] = [await openPostgres({ url }), await openPostgres({ url })];
  await runMigrations(first);
  return {
    registry: openDatabaseRegistry(first),
    second: openDatabaseRegistry(second),
    destroy: async () => {
      await first.close();
      await second.close();
      await drop();
    },
  };
});
