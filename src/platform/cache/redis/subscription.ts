import type { Redis } from 'ioredis';
import { now } from '../slots.js';
import { connect } from './client.js';
import { type News, readNews } from './news.js';

const AGAIN_MS = 250;

/**
 * Listens to invalidations on a connection of its own. Messages are lost while it is away, so it says what that means:
 * a new `period` begins with every subscription and flush, and whatever was read in another one may be out of date;
 * up to `heardAt` (ms, the slots' clock) no message of the period was missed. A connection that hangs is found by a
 * PING every `beatMs`.
 */
export class Subscription {
  readonly #client: Redis;
  readonly #channel: string;
  readonly #beat: NodeJS.Timeout;
  /** Resolves when it listens, or when Redis is known to be away. */
  readonly began: Promise<void>;
  #again: NodeJS.Timeout | undefined;
  #resolveBegan: () => void = () => {};
  #period = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  #listening = false;

  constructor(client: Redis, channel: string, beatMs: number, onNews: (news: News) => void) {
    this.#client = client;
    this.#channel = channel;
    this.began = new Promise((resolve) => {
      this.#resolveBegan = resolve;
    });
    client.on('ready', () => this.#subscribe());
    client.on('close', () => {
      this.#listening = false;
      this.#resolveBegan();
    });
    client.on('message', (_channel: string, text: string) => {
      const news = readNews(text);
      if (news === undefined) return;
      if ('flush' in news) this.#period++;
      onNews(news);
    });
    this.#beat = setInterval(() => this.#ask(), beatMs);
    this.#beat.unref();
    connect(client);
  }

  get period(): number {
    return this.#period;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  close(): void {
    clearInterval(this.#beat);
    clearTimeout(this.#again);
    this.#client.disconnect();
  }

  #subscribe(): void {
    this.#client.subscribe(this.#channel).then(
      () => {
        this.#period++;
        this.#heardAt = now();
        this.#listening = true;
        this.#resolveBegan();
      },
      () => {
        this.#resolveBegan();
        clearTimeout(this.#again);
        this.#again = setTimeout(() => this.#client.status === 'ready' && this.#subscribe(), AGAIN_MS);
        this.#again.unref();
      },
    );
  }

  #ask(): void {
    if (!this.#listening) return;
    const asked = now();
    this.#client.ping().then(
      () => {
        if (this.#listening) this.#heardAt = asked;
      },
      () => {},
    );
  }
}
