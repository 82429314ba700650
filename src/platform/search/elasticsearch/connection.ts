import { Client } from '@elastic/elasticsearch';
import { Guard, type GuardState } from '../../guard.js';
import { isOutage, toAssayError } from './failure.js';

export interface Limits {
  /** Longest time of one attempt at a question, in milliseconds. */
  searchTimeoutMs: number;
  /** Longest time of one attempt at anything else. */
  writeTimeoutMs: number;
}

const LIMITS: Limits = { searchTimeoutMs: 2000, writeTimeoutMs: 30_000 };

/** Attempts at a question: a person waits for it, and there may be another index to ask. */
const SEARCH_ATTEMPTS = 2;

/** What a single request is sent with: the time it may take, and what ends it early. */
export interface RequestOptions {
  requestTimeout: number;
  signal: AbortSignal;
}

type Work<T> = (client: Client, options: RequestOptions) => Promise<T>;

/** The client behind a guard. Every request of the adapter passes here. */
export class Connection {
  readonly #client: Client;
  readonly #guard: Guard;
  readonly #limits: Limits;

  constructor(url: string, limits: Partial<Limits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#client = elasticsearchClient(url);
    this.#guard = new Guard({ name: 'elasticsearch', timeoutMs: this.#limits.writeTimeoutMs + 1000, isOutage });
  }

  /**
   * Asks a question.
   * @throws AssayError PLATFORM_UNAVAILABLE, PLATFORM_INVALID.
   */
  ask<T>(work: Work<T>): Promise<T> {
    return this.#run(work, this.#limits.searchTimeoutMs, SEARCH_ATTEMPTS);
  }

  /** Changes something; the work must be harmless to repeat. Throws as `ask` does. */
  change<T>(work: Work<T>): Promise<T> {
    return this.#run(work, this.#limits.writeTimeoutMs, 3);
  }

  guards(): GuardState[] {
    return [this.#guard.state()];
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #run<T>(work: Work<T>, requestTimeout: number, attempts: number): Promise<T> {
    try {
      return await this.#guard.run((signal) => work(this.#client, { requestTimeout, signal }), { attempts });
    } catch (error) {
      throw toAssayError(error);
    }
  }
}

/** A client that repeats nothing by itself: the guard does, and counts it. Several addresses are separated by commas. */
export function elasticsearchClient(url: string): Client {
  const nodes = url.split(',').map((node) => node.trim());
  return new Client({ nodes, maxRetries: 0, sniffOnStart: false });
}
