import { createMemoryCache } from '../../src/platform/cache/index.js';
import { describeCache } from './cache.js';

describeCache('memory', async (times) => createMemoryCache(times));
