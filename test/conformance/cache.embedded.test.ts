import { createMemoryCache } from '../../src/platform/cache/index.js';
import { describeCache } from './cache.js';

describeCache('memory', async () => ({
  cache: createMemoryCache({ ttlMs: 60_000, negativeTtlMs: 20 }),
  passNegativeTtl: () => new Promise((resolve) => setTimeout(resolve, 60)),
}));
