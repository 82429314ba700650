import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import { AssayError } from '../../../errors.js';
import { type Guard, isUnavailable } from '../../guard.js';
import { type KafkaClient, openClient } from './client.js';
import { COMPRESSION } from './compression.js';
import { asAssayError, isOutage, isSetup, typeOf } from './failure.js';
import type { KafkaLogOptions } from './options.js';
import type { Outgoing } from './record.js';
import { requestsOf, topicMessages } from './requests.js';

const PAUSE_MS = 250;
/** Attempts at a request that fails for reasons that are not an outage. */
const ODD_ATTEMPTS = 3;

interface Opened extends KafkaClient {
  producer: Producer;
}

/**
 * The idempotent producer of a log. One request at a time: kafkajs gives the sequence numbers of a request that failed to the
 * next one, which the broker would then take for a repeat of the first, if that had arrived after all, and drop it unseen.
 * A request is repeated by the producer that sent it, so that the broker knows it again; after an answer that says that
 * producer and broker no longer agree, a new one repeats it, and then it may be there twice.
 */
export class Sender {
  readonly #options: KafkaLogOptions;
  readonly #guard: Guard;
  readonly #patienceMs: number;
  #opened: Opened | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: KafkaLogOptions, guard: Guard, patienceMs: number) {
    this.#options = options;
    this.#guard = guard;
    this.#patienceMs = patienceMs;
  }

  /**
   * Returns when all replicas in sync have the messages.
   * @throws AssayError PLATFORM_UNAVAILABLE when that is not known after the patience: the messages may be there, or come late.
   */
  send(messages: readonly Outgoing[]): Promise<void> {
    const work = this.#tail.then(async () => {
      for (const request of requestsOf(messages)) await this.#request(request);
    });
    this.#tail = work.catch(() => {});
    return work;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.race([this.#tail, sleep(1000, undefined, { ref: false })]);
    this.#drop();
  }

  async #request(request: Outgoing[]): Promise<void> {
    const deadline = Date.now() + this.#patienceMs;
    for (let odd = 0; ; ) {
      if (this.#closed) throw new AssayError('NOT_READY', 'the log is closed');
      try {
        await this.#guard.run(async () => {
          const { producer } = await this.#producer();
          await producer.sendBatch({ acks: -1, compression: COMPRESSION, topicMessages: topicMessages(request) });
        }, ONCE);
        return;
      } catch (error) {
        if (isTooLarge(error)) {
          this.#drop();
          return this.#halve(request);
        }
        if (isSetup(error)) {
          this.#drop();
          throw asAssayError(error, `append to ${request[0]?.topic}`);
        }
        const away = isUnavailable(error) || isOutage(error);
        if (!away || Date.now() > deadline) this.#drop();
        if (Date.now() > deadline || (!away && ++odd >= ODD_ATTEMPTS))
          throw asAssayError(error, `append to ${request[0]?.topic}`);
        await sleep(PAUSE_MS);
      }
    }
  }

  /** The topic takes less than is usual: halves, until the message that is too large stands alone. */
  async #halve(request: Outgoing[]): Promise<void> {
    if (request.length === 1) throw tooLarge(request[0] as Outgoing, this.#options.namespace);
    const middle = request.length >> 1;
    await this.#request(request.slice(0, middle));
    await this.#request(request.slice(middle));
  }

  async #producer(): Promise<Opened> {
    if (this.#opened !== undefined) return this.#opened;
    const client = openClient(this.#options);
    const producer = client.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: chosenBefore,
    });
    try {
      await producer.connect();
    } catch (error) {
      client.destroy();
      throw error;
    }
    this.#opened = { ...client, producer };
    return this.#opened;
  }

  #drop(): void {
    this.#opened?.destroy();
    this.#opened = undefined;
  }
}

const ONCE = { attempts: 1 };

export const chosenBefore =
  () =>
  ({ message }: { message: { partition?: number } }): number =>
    message.partition as number;

export function isTooLarge(error: unknown): boolean {
  const type = typeOf(error);
  return type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE';
}

export function tooLarge({ topic, key, bytes }: Outgoing, namespace: string): AssayError {
  const plain = topic.slice(namespace.length + 1);
  return new AssayError(
    'PLATFORM_INVALID',
    `message "${key}" of topic ${plain} has ${bytes} bytes, more than the brokers take: raise max.message.bytes of the topic ${topic}`,
    { details: { server: 'kafka', topic: plain, key, bytes } },
  );
}
