/** Over a store in Postgres, with the cache in Redis. */
import { openRedisCache } from '../../src/platform/cache/redis/index.js';
import { freshNamespace, servers } from '../support/servers.js';
import { useStores } from '../support/store.js';
import { describeLookupCache } from './lookup-cache.js';

useStores('postgres');
const open = () =>
  openRedisCache({
    url: servers().redis,
    namespace: freshNamespace(),
    ttlMs: 3_600_000,
    memoryTtlMs: 10_000,
    negativeTtlMs: 3_600_000,
    entries: 1000,
  });
describeLookupCache('Redis', open, 60);
