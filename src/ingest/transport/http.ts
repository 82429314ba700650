import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { AssayError, messageOf } from '../../errors.js';
import { AddressGuard } from './address-guard.js';
import { type Auth, authorise } from './auth.js';
import type { HttpOptions } from './http-options.js';
import { RateLimit } from './rate-limit.js';
import { RETRIED_STATUS, retryAfterMs, retrying, Transient } from './retry.js';

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Readable;
  /** Where it came from after redirects, without credentials. */
  url: URL;
}

export interface HttpRequest {
  url: URL;
  headers?: Readonly<Record<string, string>>;
  auth?: Auth | undefined;
}

const REDIRECT: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers that may carry credentials; they are not sent on to another origin. */
const PRIVATE_HEADERS = /^(authorization|cookie|proxy-authorization|x-.*)$/;

/**
 * GET requests of one source: its rate limit, retries, redirects, timeouts and the address guard, which sees every hop.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #signal: AbortSignal;
  readonly #agent: Agent;
  readonly #rate: RateLimit;
  readonly #guard: AddressGuard | undefined;

  constructor(
    options: HttpOptions,
    signal: AbortSignal,
    guard: AddressGuard | undefined = options.allow_private ? undefined : new AddressGuard(),
  ) {
    this.#options = options;
    this.#guard = guard;
    this.#signal = signal;
    this.#rate = new RateLimit(options.requests_per_second);
    const timeout = options.timeout_s * 1000;
    this.#agent = new Agent({
      connect: { timeout, ...(guard ? { lookup: guard.lookup } : {}) },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      connections: 4,
    });
  }

  /**
   * The answer to a GET: 2xx or 304, after retries and redirects. `consume` reads its body inside the retried attempt,
   * so that a connection that is lost in the middle is tried again.
   *
   * @throws AssayError SOURCE_UNREACHABLE, SOURCE_REFUSED
   */
  async get<T>(wanted: HttpRequest, consume: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    const what = `GET ${shown(wanted.url)}`;
    const policy = this.#options.retry;
    return retrying(
      what,
      { attempts: policy.attempts, baseMs: policy.base_ms, maxMs: policy.max_ms },
      this.#signal,
      async () => {
        await this.#rate.turn(this.#signal);
        try {
          return await consume(await this.#follow(wanted, what));
        } catch (error) {
          throw this.#classified(error, what);
        }
      },
    );
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #follow(wanted: HttpRequest, what: string): Promise<HttpAnswer> {
    const headers: Record<string, string> = { 'user-agent': 'assay', 'accept-encoding': 'gzip' };
    for (const [name, value] of Object.entries({ ...this.#options.headers, ...wanted.headers }))
      headers[name.toLowerCase()] = value;
    let url = new URL(wanted.url);
    const auth = wanted.auth ?? this.#options.auth;
    authorise(auth, url, headers);
    const own = new Set(auth?.type === 'header' ? [auth.name.toLowerCase()] : []);
    for (let hops = 0; ; hops++) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw new AssayError('SOURCE_REFUSED', `${what}: only http and https are followed, not ${url.protocol}`);
      this.#guard?.check(url);
      const answer = await request(url, { dispatcher: this.#agent, headers, signal: this.#signal, method: 'GET' });
      const location = flat(answer.headers).location;
      if (!REDIRECT.has(answer.statusCode) || location === undefined) return this.#accept(answer, url, what);
      await answer.body.dump();
      if (hops >= this.#options.max_redirects)
        throw new AssayError('SOURCE_UNREACHABLE', `${what}: more than ${this.#options.max_redirects} redirects`);
      const next = new URL(location, url);
      if (next.origin !== url.origin)
        for (const name of Object.keys(headers)) if (own.has(name) || PRIVATE_HEADERS.test(name)) delete headers[name];
      url = next;
    }
  }

  async #accept(answer: Dispatcher.ResponseData, url: URL, what: string): Promise<HttpAnswer> {
    const { statusCode: status } = answer;
    const headers = flat(answer.headers);
    if ((status >= 200 && status < 300) || status === 304) return { status, headers, body: answer.body, url };
    await answer.body.dump();
    if (RETRIED_STATUS.has(status))
      throw new Transient(`status ${status}`, retryAfterMs(headers['retry-after'], Date.now()));
    throw new AssayError('SOURCE_UNREACHABLE', `${what}: status ${status}`, { details: { status } });
  }

  #classified(error: unknown, what: string): unknown {
    if (error instanceof Transient || error instanceof AssayError) return error;
    if (this.#signal.aborted) return this.#signal.reason;
    // The guard's refusal reaches us as the cause of a failed connection.
    const cause = (error as { cause?: unknown }).cause;
    if (cause instanceof AssayError) return new AssayError(cause.code, `${what}: ${cause.message}`);
    return new Transient(messageOf(error) || String((error as { code?: unknown }).code));
  }
}

/** A URL without what may be secret in it: user, password and the values of its query. */
export function shown(url: URL): string {
  const names = [...url.searchParams.keys()];
  return `${url.origin}${url.pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  return result;
}
