import { randomBytes } from 'node:crypto';
import { type Redis, ReplyError } from 'ioredis';
import type { ServerFinding } from '../../../finding.js';
import { failureText } from '../client.js';
import { ok, wrong } from './finding.js';

/** What a user has to be allowed, as ACL SETUSER takes it. */
export const rightsFor = (namespace: string): string =>
  `~${namespace}:* &${namespace}:* +@read +@write +@pubsub +@scripting +@transaction +@connection +info +time -@dangerous +info`;

/** Tries each kind of command on keys of its own, which it removes again. */
export async function judgeRights(client: Redis, namespace: string): Promise<ServerFinding> {
  const key = `${namespace}:check:${randomBytes(6).toString('hex')}`;
  const trials: [what: string, trial: () => Promise<unknown>][] = [
    ['INFO', () => client.info('server')],
    ['TIME', () => client.time()],
    ['HSET', () => client.hset(key, 'a', '1')],
    ['PEXPIRE', () => client.pexpire(key, 10_000)],
    ['HGETALL', () => client.hgetall(key)],
    ['DEL', () => client.del(key)],
    ['EVAL', () => client.eval(SCRIPT, 1, key)],
    ['MULTI', () => client.multi().exists(key).exec()],
    ['BRPOPLPUSH', () => client.brpoplpush(key, `${key}:to`, 0.01)],
    ['PUBLISH', () => client.publish(`${namespace}:check`, '')],
    ['SUBSCRIBE', () => subscribe(client, `${namespace}:check`)],
  ];
  const refused: string[] = [];
  for (const [what, trial] of trials) {
    try {
      await trial();
    } catch (error) {
      // Any other error is none of the server's answers: the connection is gone.
      if (!(error instanceof ReplyError)) throw error;
      refused.push(
        `${what} (${/READONLY|OOM|MISCONF|unknown command/.exec(failureText(error))?.[0] ?? 'no permission'})`,
      );
    }
  }
  if (refused.length === 0) return ok('rights', `may read and write ${namespace}:*`);
  const all = refused.join(', ');
  if (/READONLY/.test(all)) return wrong('rights', `writes are refused: ${all}`, 'Point REDIS_URL to the primary.');
  if (/OOM|MISCONF/.test(all))
    return wrong(
      'rights',
      `writes are refused: ${all}`,
      'Give Redis more memory or disk; its log says which is short.',
    );
  return wrong('rights', `not allowed: ${all}`, `ACL SETUSER <user> ${rightsFor(namespace)}`);
}

/** Commands of scripts are allowed one by one too. */
const SCRIPT = `
redis.call('SET', KEYS[1], '1', 'PX', 1000)
redis.call('TIME')
return redis.call('DEL', KEYS[1])`;

async function subscribe(client: Redis, channel: string): Promise<void> {
  await client.subscribe(channel);
  await client.unsubscribe(channel);
}
