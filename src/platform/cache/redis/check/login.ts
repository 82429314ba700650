import { once } from 'node:events';
import { connect } from 'node:net';
import type { Redis } from 'ioredis';
import type { ServerFinding } from '../../../finding.js';
import { isConnectionLost } from '../../../guard.js';
import { failureText } from '../client.js';
import { ok, warning, wrong } from './finding.js';

/** Asks for a sign of life: whether it is a Redis at all, which may want a password first. */
export async function judgeAddress(client: Redis, address: string, tls: boolean): Promise<ServerFinding> {
  let said: string | undefined;
  client.on('error', (error) => {
    said = failureText(error);
  });
  try {
    await client.connect();
  } catch (error) {
    const reason = said ?? failureText(error);
    if (tls && (await listens(client)))
      return wrong(
        'address',
        `${address} cannot be spoken to with TLS: ${reason}`,
        'Use redis:// for a port without TLS; for one with TLS, its certificate has to be trusted (NODE_EXTRA_CA_CERTS).',
      );
    return wrong(
      'address',
      `nothing answers at ${address}: ${reason}`,
      'Start Redis, or put the right host and port into REDIS_URL; a firewall may stand between.',
    );
  }
  try {
    await client.ping();
  } catch (error) {
    const reason = failureText(error);
    // Refusals of a Redis: it wants a login, keeps strangers out, or still reads its file.
    if (/^(NOAUTH|NOPERM|LOADING|MASTERDOWN)/.test(reason)) return ok('address', `Redis answers at ${address}`);
    if (reason.startsWith('DENIED'))
      return wrong(
        'address',
        `${address} refuses connections from other machines (protected mode)`,
        'Set a password (requirepass, or ACL SETUSER) or bind it to an address of a closed network.',
      );
    const lost = isConnectionLost(error) || /closed|timed out|max retries/i.test(reason);
    return wrong(
      'address',
      `${address} does not speak as Redis does${lost ? ': it gives no answer' : `: ${said ?? reason}`}`,
      'Put the port of Redis into REDIS_URL (6379 unless set otherwise); for a port with TLS use rediss://.',
    );
  }
  return ok('address', `Redis answers at ${address}`);
}

/** Whether anything takes connections where the client goes to. */
async function listens({ options: { host = 'localhost', port = 6379 } }: Redis): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Logs in as the URL says, and chooses its database. */
export async function judgeLogin(client: Redis, url: URL): Promise<ServerFinding> {
  const name = decodeURIComponent(url.username) || 'default';
  const password = decodeURIComponent(url.password);
  try {
    if (password !== '') await client.call('AUTH', ...(url.username === '' ? [] : [name]), password);
  } catch (error) {
    const reason = failureText(error);
    // A password nobody asked for does no harm.
    if (!/no password is set|without any password configured/i.test(reason))
      return wrong(
        'login',
        `the password of "${name}" is refused: ${reason.startsWith('WRONGPASS') ? 'WRONGPASS' : reason}`,
        'Put the right user and password into REDIS_URL: redis://user:password@host:port (reserved characters as %XX).',
      );
    return warning('login', 'a password is given, and the server asks for none', 'Set one: requirepass in redis.conf.');
  }
  try {
    await client.select(url.pathname.replace(/^\//, '') || '0');
  } catch (error) {
    const reason = failureText(error);
    if (reason.startsWith('NOAUTH'))
      return wrong(
        'login',
        'the server wants a password, and REDIS_URL has none',
        'Put it into REDIS_URL: redis://:password@host:port, or redis://user:password@host:port.',
      );
    if (!reason.startsWith('NOPERM'))
      return wrong(
        'login',
        `the database of the URL cannot be used: ${reason}`,
        'Leave the number out of REDIS_URL, or name one that exists.',
      );
  }
  return ok('login', `as ${name}`);
}
