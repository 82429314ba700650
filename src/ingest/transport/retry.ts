import { setTimeout as delay } from 'node:timers/promises';
import { AssayError, messageOf } from '../../errors.js';

export interface RetryPolicy {
  /** Tries in all. */
  attempts: number;
  /** Wait before the second try; doubles after each. */
  baseMs: number;
  /** Longest wait. A server that asks for more is not asked again. */
  maxMs: number;
}

/** A try that failed and may succeed later. */
export class Transient extends Error {
  readonly retryAfterMs: number | undefined;
  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Statuses that a later try may change. */
export const RETRIED_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Runs `attempt` until it returns, waiting longer each time and at least as long as the server asked.
 *
 * @throws AssayError SOURCE_UNREACHABLE with the last failure when the tries are used up or the server asks to wait longer
 *   than `maxMs`; anything that is not a Transient at once.
 */
export async function retrying<T>(
  what: string,
  policy: RetryPolicy,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      const asked = error.retryAfterMs ?? 0;
      if (tries >= policy.attempts || asked > policy.maxMs) {
        const why = asked > policy.maxMs ? `; it asks to wait ${Math.ceil(asked / 1000)} s` : '';
        throw new AssayError('SOURCE_UNREACHABLE', `${what}: ${messageOf(error)} after ${tries} tries${why}`);
      }
      await delay(Math.max(asked, Math.min(policy.baseMs * 2 ** (tries - 1), policy.maxMs)), undefined, { signal });
    }
  }
}

/** Milliseconds of a Retry-After header: seconds, or an HTTP date. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
