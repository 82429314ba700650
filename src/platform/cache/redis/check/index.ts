import { Redis } from 'ioredis';
import { messageOf } from '../../../../errors.js';
import type { ServerFinding } from '../../../finding.js';
import { failureText, redisAddress } from '../client.js';
import { judgeClock, judgeInfo } from './condition.js';
import { wrong } from './finding.js';
import { judgeAddress, judgeLogin } from './login.js';
import { judgeRights } from './rights.js';

export interface RedisCheckOptions {
  url: string;
  /** Begins the keys that the rights are tried on; default: `assay`. */
  namespace?: string;
  /** This machine's clock, in milliseconds since 1970. */
  now?: () => number;
}

const LIMIT_MS = 3000;

/**
 * Looks whether a Redis can keep cache and schedule, and says of everything that is amiss what to do. Never throws; what it
 * writes it removes.
 */
export async function checkRedis(options: RedisCheckOptions): Promise<ServerFinding[]> {
  let address: string;
  try {
    address = redisAddress(options.url);
  } catch (error) {
    return [wrong('address', messageOf(error), 'Mend REDIS_URL (platform.redis_url).')];
  }
  const url = new URL(options.url);
  const bare = new URL(options.url);
  bare.username = '';
  bare.password = '';
  bare.pathname = '';
  // Logs in by itself, so that a refusal is told as what it is.
  const client = new Redis(bare.href, {
    lazyConnect: true,
    connectTimeout: LIMIT_MS,
    commandTimeout: LIMIT_MS,
    enableReadyCheck: false,
    disableClientInfo: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  const findings: ServerFinding[] = [];
  try {
    findings.push(await judgeAddress(client, address, url.protocol === 'rediss:'));
    if (findings[0]?.state === 'wrong') return findings;
    const login = await judgeLogin(client, url);
    findings.push(login);
    if (login.state === 'wrong') return findings;
    findings.push(...(await look(client, options)));
  } catch (error) {
    findings.push(wrong('questions', `the server ends the conversation: ${failureText(error)}`, 'Its log says why.'));
  } finally {
    client.disconnect();
  }
  return findings;
}

async function look(
  client: Redis,
  { namespace = 'assay', now = Date.now }: RedisCheckOptions,
): Promise<ServerFinding[]> {
  const rights = await judgeRights(client, namespace);
  const findings: ServerFinding[] = [];
  // Without the right to them, the rights say so.
  const info = await client.info().catch(() => undefined);
  if (info !== undefined) findings.push(...judgeInfo(info));
  const before = now();
  const time = (await client.time().catch(() => undefined)) as unknown as [string, string] | undefined;
  if (time !== undefined) findings.push(judgeClock(time, before, now()));
  return [...findings, rights];
}
