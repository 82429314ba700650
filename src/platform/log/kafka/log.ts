import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Cluster } from 'kafkajs';
import { AssayError } from '../../../errors.js';
import { Guard, type GuardState } from '../../guard.js';
import type {
  BatchHandler,
  CompactionResult,
  ConsumeOptions,
  Log,
  LogMessage,
  PartitionPosition,
  TopicSpec,
} from '../port.js';
import { clusterOf, type KafkaClient, openClient } from './client.js';
import { consume } from './consume.js';
import { Coordinator } from './coordinator.js';
import { asAssayError, isOutage } from './failure.js';
import { Names } from './names.js';
import { DEFAULTS, type KafkaLogOptions } from './options.js';
import { endsOf, revive } from './positions.js';
import { encodeAll, type Outgoing } from './record.js';
import { Sender } from './sender.js';
import { Topics } from './topics.js';

/** Consumers get so long to finish their batch when the log is closed. */
const CLOSE_MS = 2000;

/** The log on Kafka brokers, and how they are doing. */
export interface KafkaLog extends Log {
  guards(): GuardState[];
}

/**
 * Connects to the brokers.
 *
 * What differs from the log in files: a consumer group's outputs and offset are one transaction; `compact` leaves the work to the
 * brokers; `erase` writes tombstones. An append that fails with PLATFORM_UNAVAILABLE may have been written all the same: who
 * appends it again makes a repeat, which readers drop by its version.
 *
 * @throws AssayError PLATFORM_UNAVAILABLE when no broker answers within the patience; PLATFORM_INVALID when the login is refused.
 */
export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaLog> {
  const log = new BrokerLog(options);
  try {
    await log.connect();
  } catch (error) {
    await log.close();
    throw error;
  }
  return log;
}

class BrokerLog implements KafkaLog {
  readonly #options: KafkaLogOptions;
  readonly #guard: Guard;
  readonly #names: Names;
  readonly #client: KafkaClient;
  readonly #admin: Admin;
  readonly #cluster: Cluster;
  readonly #topics: Topics;
  readonly #sender: Sender;
  readonly #closed = new AbortController();
  readonly #consumers = new Set<Promise<void>>();
  readonly #patienceMs: number;

  constructor(options: KafkaLogOptions) {
    this.#options = options;
    this.#patienceMs = options.patienceMs ?? DEFAULTS.patienceMs;
    this.#guard = new Guard({ name: 'kafka', timeoutMs: this.#patienceMs, openMs: 1000, isOutage });
    this.#names = new Names(options.namespace);
    this.#client = openClient(options);
    this.#admin = this.#client.kafka.admin();
    this.#cluster = clusterOf(this.#client);
    this.#topics = new Topics(this.#admin, this.#cluster, this.#names, options.replication, options.logger);
    this.#sender = new Sender(options, this.#guard, this.#patienceMs);
  }

  async connect(): Promise<void> {
    const deadline = Date.now() + this.#patienceMs;
    for (;;) {
      try {
        await this.#guard.run(() => Promise.all([this.#admin.connect(), this.#cluster.connect()]), { attempts: 1 });
        return;
      } catch (error) {
        const failure = asAssayError(error, `connect to ${this.#options.brokers.join(', ')}`);
        if (failure.code !== 'PLATFORM_UNAVAILABLE' || Date.now() > deadline) throw failure;
        await sleep(250);
      }
    }
  }

  guards(): GuardState[] {
    return [this.#guard.state()];
  }

  async createTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.#query('create topics', () => this.#topics.create(topics));
  }

  async append(topic: string, messages: readonly LogMessage[]): Promise<void> {
    await this.#sender.send(await this.#encode(topic, messages));
  }

  async consume(options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const partitions = await this.#partitions(options.topic);
    const running = consume(
      {
        options: this.#options,
        guard: this.#guard,
        names: this.#names,
        partitions,
        closed: this.#closed.signal,
        encode: (topic, messages) => this.#encode(topic, messages),
        send: (messages) => this.#sender.send(messages),
      },
      options,
      handler,
    );
    this.#consumers.add(running);
    try {
      await running;
    } finally {
      this.#consumers.delete(running);
    }
  }

  async positions(name: string, group?: string): Promise<PartitionPosition[]> {
    const partitions = await this.#partitions(name);
    const topic = this.#names.topic(name);
    return this.#query(`positions of ${name}`, async () => {
      const ends = await endsOf(this.#cluster, topic, partitions);
      const all = [...ends.keys()].sort((a, b) => a - b);
      const committed =
        group === undefined
          ? new Map<number, number>()
          : await new Coordinator(this.#cluster, this.#names.group(group), topic).committed(all);
      return all.map((partition) => ({
        partition,
        start: ends.get(partition)?.start ?? 0,
        end: ends.get(partition)?.end ?? 0,
        committed: committed.get(partition) ?? null,
      }));
    });
  }

  /** Brokers compact by themselves: nothing is dropped here, and `kept` is the number of offsets, which counts gaps too. */
  async compact(topic: string): Promise<CompactionResult> {
    const positions = await this.positions(topic);
    const kept = positions.reduce((sum, { start, end }) => sum + end - start, 0);
    return { kept, dropped: 0, bytesBefore: 0, bytesAfter: 0 };
  }

  /**
   * Writes a tombstone for every key of a compacted topic, and returns their number: how many messages each of them removes is not
   * known without reading the topic. A topic with retention cannot lose single messages: they go when it has passed.
   */
  async erase(name: string, keys: readonly string[]): Promise<number> {
    const compacted = await this.#query(`settings of ${name}`, () => this.#topics.isCompacted(name));
    if (!compacted) {
      const details = { server: 'kafka', topic: name, keys: keys.length };
      this.#options.logger?.warn(
        details,
        `messages of ${name} stay until its retention has passed: it is not compacted`,
      );
      return 0;
    }
    await this.append(
      name,
      keys.map((key) => ({ key, value: null })),
    );
    return keys.length;
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    await Promise.race([Promise.allSettled(this.#consumers), sleep(CLOSE_MS, undefined, { ref: false })]);
    await this.#sender.close();
    this.#client.destroy();
  }

  async #encode(topic: string, messages: readonly LogMessage[]): Promise<Outgoing[]> {
    const partitions = await this.#partitions(topic);
    return encodeAll(topic, this.#names.topic(topic), partitions, messages, this.#options.codec);
  }

  #partitions(topic: string): Promise<number> {
    return this.#query(`topic ${topic}`, () => this.#topics.partitions(topic));
  }

  async #query<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed.signal.aborted) throw new AssayError('NOT_READY', 'the log is closed');
    try {
      return await this.#guard.run(async () => {
        try {
          return await work();
        } catch (error) {
          if (isOutage(error)) await revive(this.#cluster);
          throw error;
        }
      });
    } catch (error) {
      throw asAssayError(error, doing);
    }
  }
}
