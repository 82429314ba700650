import { Redis } from 'ioredis';
import { freshNamespace, servers } from '../../../support/servers.js';

const used: string[] = [];

/** A name that begins keys of this test only. */
export function redisNamespace(): string {
  const name = freshNamespace();
  used.push(name);
  return name;
}

/** Removes every key of the namespaces that were given out. */
export async function forgetNamespaces(): Promise<void> {
  const redis = new Redis(servers().redis);
  for (const name of used.splice(0)) {
    const keys = await redis.keys(`${name}:*`);
    if (keys.length > 0) await redis.del(...keys);
  }
  await redis.quit();
}
