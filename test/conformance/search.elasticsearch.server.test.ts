import { Client } from '@elastic/elasticsearch';
import { openElasticsearch } from '../../src/platform/search/elasticsearch/index.js';
import { freshNamespace, servers } from '../support/servers.js';
import { describeSearch } from './search.js';

describeSearch('Elasticsearch', async () => {
  const url = servers().elasticsearch;
  const namespace = freshNamespace();
  const search = await openElasticsearch({ url, namespace, searchTimeoutMs: 20_000 });
  return {
    search,
    close: async () => {
      await search.close();
      const client = new Client({ node: url });
      const indices = Object.keys(await client.indices.get({ index: `${namespace}-*` }));
      await client.indices.delete({ index: indices });
      await client.indices.deleteIndexTemplate({ name: `${namespace}-products` });
      await client.close();
    },
  };
});
