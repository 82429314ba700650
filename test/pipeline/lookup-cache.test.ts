import { createMemoryCache } from '../../src/platform/cache/index.js';
import { describeLookupCache } from './lookup-cache.js';

describeLookupCache('memory', async () => createMemoryCache());
