import { createDatabaseSearch } from '../../src/platform/search/index.js';
import { openStore } from '../support/store.js';
import { describeSearch } from './search.js';

describeSearch('postgres', async () => {
  const database = await openStore('postgres');
  return { search: createDatabaseSearch(database), close: () => database.close() };
});
