import { Redis, type RedisOptions } from 'ioredis';
import { AssayError, messageOf } from '../../../errors.js';

/** Longest pause between two attempts to connect. */
const LONGEST_PAUSE_MS = 1000;

/** A connection that keeps trying for as long as it is open, and whose failures are told by `error` events only. */
export function redisClient(url: string, options: RedisOptions = {}): Redis {
  redisAddress(url);
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    keepAlive: 10_000,
    // Whoever uses the connection finds out by itself whether the server is of use (it may be loading, or want a password).
    enableReadyCheck: false,
    // Told on connecting, with `ready` after the answer; a connection that is lost before that stays `ready` for ever (5.11.1).
    disableClientInfo: true,
    retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 8), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
    ...options,
  });
  client.on('error', () => {});
  // ioredis leaves the timer of a connection that was lost: it would end the next one, and hold up a process that ends (5.11.1).
  client.on('close', () => {
    const timed = client as unknown as { socketTimeoutTimer?: NodeJS.Timeout | undefined };
    clearTimeout(timed.socketTimeoutTimer);
    timed.socketTimeoutTimer = undefined;
  });
  return client;
}

/** Ends a connection at once. Redis hears nothing on one that it lets wait for a job, and answers its end much later. */
export function cut(client: Redis): void {
  const { stream } = client;
  client.disconnect();
  stream?.destroy();
}

/** Begins to connect; what fails is told by the client's events. */
export function connect(client: Redis): void {
  client.connect().catch(() => {});
}

/**
 * Host and port of a Redis URL, without what is secret in it.
 * @throws AssayError CONFIG_INVALID when it is no Redis URL.
 */
export function redisAddress(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // The URL itself is not told: it may hold a password.
    throw new AssayError('CONFIG_INVALID', 'redis_url is no URL; it looks like redis://127.0.0.1:6379');
  }
  if (parsed.protocol !== 'redis:' && parsed.protocol !== 'rediss:')
    throw new AssayError(
      'CONFIG_INVALID',
      `redis_url begins with ${parsed.protocol}//, not with redis:// or rediss://`,
    );
  return `${parsed.hostname || 'localhost'}:${parsed.port || '6379'}`;
}

/** What a server or connection said, without the arguments that some servers repeat. */
export function failureText(error: unknown): string {
  return messageOf(error).replace(/,? ?with args beginning with.*$/s, '');
}
