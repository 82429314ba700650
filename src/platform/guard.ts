import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import { AssayError, messageOf } from '../errors.js';

/** The servers a platform may stand on. */
export type ServerName = 'kafka' | 'postgres' | 'redis' | 'elasticsearch' | 'registry';

export interface GuardOptions {
  name: ServerName;
  /** How long one attempt may take, in milliseconds. */
  timeoutMs: number;
  /** Attempts per call, the first one included; 1 never retries. */
  attempts?: number;
  /** Pause before the second attempt; it doubles with every further one, and is drawn evenly from half to all of it. */
  pauseMs?: number;
  /** Failures in a row that open the breaker. */
  threshold?: number;
  /** How long an open breaker refuses calls before it lets one through to try. */
  openMs?: number;
  /** Whether an error says that the server is away (true), or is the answer of a server that works. */
  isOutage: (error: unknown) => boolean;
}

/** What is known of a server, for metrics and readiness. */
export interface GuardState {
  name: ServerName;
  breaker: 'closed' | 'open' | 'half_open';
  calls: number;
  /** Attempts that found the server away, timeouts included. */
  failures: number;
  timeouts: number;
  retries: number;
  /** Calls that an open breaker refused without asking the server. */
  refused: number;
  /** Transactions begun anew after a serialization failure, a deadlock or a lost connection (Postgres). */
  restarts?: number;
  lastError?: string;
}

/**
 * Stands between an adapter and its server: every attempt has a time limit, outages are retried with growing, jittered
 * pauses, and after some in a row the breaker opens, so that callers with another way out (a stale value, another index)
 * take it at once. Errors that a working server answers with pass through untouched.
 */
export class Guard {
  readonly #options: Required<GuardOptions>;
  readonly #breaker;
  readonly #timeout;
  #calls = 0;
  #failures = 0;
  #timeouts = 0;
  #retries = 0;
  #refused = 0;
  #lastError: string | undefined;

  constructor(options: GuardOptions) {
    this.#options = { attempts: 3, pauseMs: 100, threshold: 5, openMs: 2000, ...options };
    const { isOutage, threshold, openMs, timeoutMs } = this.#options;
    const away = (error: unknown) => error instanceof TaskCancelledError || isOutage(error);
    this.#breaker = circuitBreaker(handleWhen(away), {
      halfOpenAfter: openMs,
      breaker: new ConsecutiveBreaker(threshold),
    });
    this.#timeout = timeout(timeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  }

  /**
   * Runs the work, which must be harmless to repeat unless `attempts` is 1 or `again`, asked after an outage, says no.
   * @throws AssayError PLATFORM_UNAVAILABLE when the server stayed away; what the work throws otherwise.
   */
  async run<T>(
    work: (signal: AbortSignal) => Promise<T>,
    options: { attempts?: number; again?: () => boolean } = {},
  ): Promise<T> {
    this.#calls++;
    const attempts = options.attempts ?? this.#options.attempts;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#breaker.execute(() => this.#timeout.execute(({ signal }) => work(signal)));
      } catch (error) {
        if (error instanceof BrokenCircuitError) {
          this.#refused++;
          throw this.#unavailable(error);
        }
        const late = error instanceof TaskCancelledError;
        if (!late && !this.#options.isOutage(error)) throw error;
        this.#failures++;
        if (late) this.#timeouts++;
        this.#lastError = late ? `no answer within ${this.#options.timeoutMs} ms` : messageOf(error);
        if (attempt >= attempts || options.again?.() === false) throw this.#unavailable(error);
        this.#retries++;
        await sleep(this.#options.pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
      }
    }
  }

  state(): GuardState {
    const breaker =
      this.#breaker.state === CircuitState.Open
        ? 'open'
        : this.#breaker.state === CircuitState.HalfOpen
          ? 'half_open'
          : 'closed';
    return {
      name: this.#options.name,
      breaker,
      calls: this.#calls,
      failures: this.#failures,
      timeouts: this.#timeouts,
      retries: this.#retries,
      refused: this.#refused,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }

  #unavailable(cause: unknown): AssayError {
    const { name } = this.#options;
    return new AssayError('PLATFORM_UNAVAILABLE', `${name} does not answer: ${this.#lastError ?? messageOf(cause)}`, {
      cause,
      details: { server: name },
    });
  }
}

/** Whether an error means that a server of the platform is away. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'PLATFORM_UNAVAILABLE';
}

/** Codes that Node gives to connections that cannot be made or were lost. */
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
]);

export function isConnectionLost(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (LOST.has(String((at as NodeJS.ErrnoException).code))) return true;
    if (at instanceof AggregateError && at.errors.some(isConnectionLost)) return true;
  }
  return false;
}
