import { place } from '../platform/search/elasticsearch/support.js';
import { describeSearch } from './search.js';

describeSearch('Elasticsearch', async () => {
  const here = place();
  return { search: await here.open(), close: here.clear };
});
