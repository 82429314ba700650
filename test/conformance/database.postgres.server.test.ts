import { openPostgres } from '../../src/platform/database/index.js';
import { freshDatabase } from '../support/servers.js';
import { describeDatabase } from './database.js';

describeDatabase('postgres', async () => {
  const { url, drop } = await freshDatabase();
  const database = await openPostgres({ url });
  return {
    database,
    destroy: async () => {
      await database.close();
      await drop();
    },
  };
});
