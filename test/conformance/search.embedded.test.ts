import { createDatabaseSearch } from '../../src/platform/search/index.js';
import { openStore } from '../support/store.js';
import { describeSearch } from './search.js';

describeSearch('embedded database', async () => {
  const database = await openStore();
  return { search: createDatabaseSearch(database), close: () => database.close() };
});
