import { afterAll } from 'vitest';
import { openRedisCache } from '../../src/platform/cache/redis/index.js';
import { forgetNamespaces, redisNamespace } from '../platform/cache/redis/namespace.js';
import { servers } from '../support/servers.js';
import { describeCache } from './cache.js';

describeCache('redis', (times) =>
  openRedisCache({
    url: servers().redis,
    namespace: redisNamespace(),
    memoryTtlMs: 3_600_000,
    entries: 1000,
    commandMs: 10_000,
    ...times,
  }),
);
afterAll(forgetNamespaces);
