import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { describeDatabase } from './database.js';

describeDatabase('embedded', async () => {
  const database = await openEmbeddedDatabase(':memory:');
  return { database, destroy: () => database.close() };
});
