export { createMemoryCache, type MemoryCacheOptions } from './memory.js';
export type * from './port.js';
export { checkRedis, openRedisCache, type RedisCacheOptions } from './redis/index.js';
export type { CacheStats } from './stats.js';
