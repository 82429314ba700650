export { openRedisCache, type RedisCache, type RedisCacheOptions } from './cache.js';
export { checkRedis } from './check.js';
export { connect, failureText, redisAddress, redisClient } from './client.js';
