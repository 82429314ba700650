import type { Log, LogMessage } from '../platform/log/port.js';

/**
 * Gathers messages of one topic into batches and appends them one after the other, in order. One batch is under way while
 * the next is gathered; `add` never waits, the caller awaits `room` once a batch of input.
 */
export class Outbox {
  readonly #log: Log;
  readonly #topic: string;
  readonly #size: number;
  readonly #maxChars: number;
  readonly #headers: Record<string, string> | undefined;
  #messages: LogMessage[] = [];
  #chars = 0;
  #underWay: Promise<void> = Promise.resolve();
  #failure: unknown;
  #failed = false;

  /**
   * @param headers of every message but tombstones.
   * @param maxChars a batch with this much text is full, however few messages it has.
   */
  constructor(log: Log, topic: string, size: number, headers?: Record<string, string>, maxChars = 8_388_608) {
    this.#log = log;
    this.#topic = topic;
    this.#size = size;
    this.#maxChars = maxChars;
    this.#headers = headers;
  }

  add(key: string, value: string | null): void {
    const headers = value === null ? undefined : this.#headers;
    this.#messages.push(headers === undefined ? { key, value } : { key, value, headers });
    this.#chars += value === null ? 0 : value.length;
  }

  get full(): boolean {
    return this.#messages.length >= this.#size || this.#chars >= this.#maxChars;
  }

  /** Sends what was gathered once the batch before it is durable. */
  async send(): Promise<void> {
    await this.#settled();
    if (this.#messages.length === 0) return;
    const batch = this.#messages;
    this.#messages = [];
    this.#chars = 0;
    this.#underWay = this.#log.append(this.#topic, batch).catch((error: unknown) => {
      this.#failed = true;
      this.#failure = error;
    });
  }

  /** Returns once everything added is durable. @throws what an append threw. */
  async flush(): Promise<void> {
    await this.send();
    await this.#settled();
  }

  async #settled(): Promise<void> {
    await this.#underWay;
    if (this.#failed) throw this.#failure;
  }
}
