import { AssayError, messageOf } from '../../errors.js';
import { Guard, isConnectionLost } from '../guard.js';

/** The content type of the Confluent Schema Registry's API. */
export const REGISTRY_TYPE = 'application/vnd.schemaregistry.v1+json';

const TIMEOUT_MS = 5000;

/** An answer that says no: the API's own code and message beside the HTTP status. */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface HttpRegistryOptions {
  /** Where the API begins; a login may stand in it: `https://user:password@host/registry`. */
  url: string;
  /** Sent as bearer token in place of a login. */
  token?: string | undefined;
}

/** Asks one registry, with a time limit, retries and a breaker. Every question may be asked twice. */
export class RegistryClient {
  readonly guard = new Guard({
    name: 'registry',
    timeoutMs: TIMEOUT_MS,
    isOutage: (error) =>
      isConnectionLost(error) || (error instanceof RegistryRefusal && (error.status >= 500 || error.status === 429)),
  });
  readonly #base: string;
  readonly #headers: Record<string, string>;

  constructor({ url, token }: HttpRegistryOptions) {
    const address = new URL(url);
    const { username, password } = address;
    address.username = '';
    address.password = '';
    this.#base = `${address.origin}${address.pathname.replace(/\/+$/, '')}`;
    const login = `${plain(username)}:${plain(password)}`;
    this.#headers = {
      accept: `${REGISTRY_TYPE}, application/json`,
      ...(token !== undefined ? { authorization: `Bearer ${token}` } : {}),
      ...(token === undefined && username !== ''
        ? { authorization: `Basic ${Buffer.from(login).toString('base64')}` }
        : {}),
    };
  }

  /**
   * @param path below the API's address, with its parts encoded.
   * @throws RegistryRefusal with the API's code; AssayError PLATFORM_UNAVAILABLE, or PLATFORM_INVALID where something else
   *   answers at the address or the login is refused.
   */
  async ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    try {
      return await this.guard.run(async (signal) => {
        const headers = body === undefined ? this.#headers : { ...this.#headers, 'content-type': REGISTRY_TYPE };
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        const answer = await sentTo(this.#base + path, { method, signal, redirect: 'manual', headers, ...sent });
        return this.#read<T>(answer.status, await answer.text());
      });
    } catch (error) {
      throw this.#told(error);
    }
  }

  #read<T>(status: number, text: string): T {
    let json: { error_code?: unknown; message?: unknown };
    try {
      json = JSON.parse(text) as typeof json;
    } catch {
      if (status >= 500) throw new RegistryRefusal(status, status, `it answers ${status}`);
      throw new AssayError('PLATFORM_INVALID', `what answers at ${this.#base} is no schema registry (HTTP ${status})`);
    }
    if (status < 300) return json as T;
    const code = typeof json.error_code === 'number' ? json.error_code : status;
    throw new RegistryRefusal(status, code, typeof json.message === 'string' ? json.message : `it answers ${status}`);
  }

  #told(error: unknown): unknown {
    if (error instanceof AssayError) return error;
    if (!(error instanceof RegistryRefusal))
      return new AssayError('PLATFORM_INVALID', `the schema registry at ${this.#base}: ${messageOf(error)}`, {
        cause: error,
      });
    if (error.status !== 401 && error.status !== 403) return error;
    const why = `the schema registry at ${this.#base} refuses the login: ${error.message}`;
    return new AssayError('PLATFORM_INVALID', why, { cause: error });
  }
}

/** `fetch` hides what went wrong in the cause. */
async function sentTo(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
  }
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
