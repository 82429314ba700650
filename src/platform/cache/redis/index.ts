export { openRedisCache, type RedisCache, type RedisCacheOptions } from './cache.js';
export { checkRedis, type RedisCheckOptions } from './check/index.js';
export { connect, cut, failureText, redisAddress, redisClient } from './client.js';
