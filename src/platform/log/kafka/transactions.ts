import type { Producer } from 'kafkajs';
import type { Guard } from '../../guard.js';
import { type KafkaClient, openClient } from './client.js';
import { COMPRESSION } from './compression.js';
import { isOutage } from './failure.js';
import type { KafkaLogOptions } from './options.js';
import type { Outgoing } from './record.js';
import { requestsOf, topicMessages } from './requests.js';
import { chosenBefore } from './sender.js';

/** Brokers end a transaction by themselves whose owner is silent for so long. */
const TRANSACTION_MS = 30_000;
const ONCE = { attempts: 1 };

interface Opened extends KafkaClient {
  producer: Producer;
}

export interface TransactionNames {
  /** As the brokers know them. */
  group: string;
  topic: string;
  transactionalId(partition: number): string;
}

/**
 * The transactional producers of a consumer: one for each partition that it reads, with an id made of group, topic and partition.
 * Opening one shuts out whoever had that id before and decides its transaction, so that afterwards the group's offset is what
 * was committed, for good. (kafkajs cannot let the group's generation fence a producer that serves many partitions.)
 */
export class Transactions {
  readonly #options: KafkaLogOptions;
  readonly #guard: Guard;
  readonly #names: TransactionNames;
  readonly #opened = new Map<number, Opened>();

  constructor(options: KafkaLogOptions, guard: Guard, names: TransactionNames) {
    this.#options = options;
    this.#guard = guard;
    this.#names = names;
  }

  has(partition: number): boolean {
    return this.#opened.has(partition);
  }

  /** Becomes the one who may write for the partition. */
  async open(partition: number): Promise<void> {
    const client = openClient(this.#options);
    const producer = client.kafka.producer({
      transactionalId: this.#names.transactionalId(partition),
      transactionTimeout: TRANSACTION_MS,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: chosenBefore,
      // A transaction must wait until the markers of the one before are written: a few milliseconds, asked for in small steps.
      retry: { initialRetryTime: 20, maxRetryTime: 1000, retries: 8 },
    });
    try {
      await this.#guard.run(async () => {
        await producer.connect();
        // Begun to be given an id; without a message it is not known to the broker.
        await (await producer.transaction()).abort();
      }, ONCE);
    } catch (error) {
      client.destroy();
      throw error;
    }
    this.close(partition);
    this.#opened.set(partition, { ...client, producer });
  }

  /** Messages and offset become visible together, or, when this throws, perhaps: `open` again and look at the offset. */
  async commit(partition: number, messages: readonly Outgoing[], next: number): Promise<void> {
    const { producer } = this.#opened.get(partition) as Opened;
    const { group, topic } = this.#names;
    await this.#guard.run(async () => {
      const transaction = await producer.transaction();
      try {
        for (const request of requestsOf(messages))
          await transaction.sendBatch({ acks: -1, compression: COMPRESSION, topicMessages: topicMessages(request) });
        await transaction.sendOffsets({
          consumerGroupId: group,
          topics: [{ topic, partitions: [{ partition, offset: String(next) }] }],
        });
      } catch (error) {
        // Readers of the outputs stand still until it is ended; where the broker is away, its successor ends it.
        if (!isOutage(error)) await transaction.abort().catch(() => {});
        throw error;
      }
      await transaction.commit();
    }, ONCE);
  }

  close(partition: number): void {
    this.#opened.get(partition)?.destroy();
    this.#opened.delete(partition);
  }

  closeAll(): void {
    for (const partition of [...this.#opened.keys()]) this.close(partition);
  }
}
