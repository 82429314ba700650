import { AssayError } from '../../errors.js';
import type { ShareClient } from '../share/index.js';
import { consume } from './consume.js';
import type {
  BatchHandler,
  CompactionResult,
  ConsumeOptions,
  Log,
  LogMessage,
  PartitionPosition,
  TopicSpec,
} from './port.js';
import { Signal } from './signal.js';
import { partitionFolder } from './topic.js';

const POLL_MS = 200;

/**
 * The log of the process that holds the data directory: it writes, compacts and tells where the ends are; messages are
 * read from its files. Consumer groups belong to it; a consumer here keeps its own offsets.
 */
export function openRemoteLog(folder: string, client: ShareClient): Log {
  return new RemoteLog(folder, client);
}

class RemoteLog implements Log {
  readonly #folder: string;
  readonly #client: ShareClient;
  readonly #closed = new AbortController();

  constructor(folder: string, client: ShareClient) {
    this.#folder = folder;
    this.#client = client;
  }

  async createTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.#client.call('createTopics', topics);
  }

  async append(topic: string, messages: readonly LogMessage[]): Promise<void> {
    await this.#client.call('append', topic, messages);
  }

  async consume(options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const { topic, group } = options;
    if (group !== undefined)
      throw new AssayError(
        'DATA_DIR_LOCKED',
        `consumer group "${group}" belongs to the process that holds the data directory: stop it, or read without a group`,
      );
    const partitions = (await this.positions(topic)).length;
    const context = {
      partitions,
      folder: (partition: number) => partitionFolder(this.#folder, topic, partition),
      end: async (partition: number) => (await this.positions(topic))[partition]?.end ?? 0,
      changed: new Signal(),
      pollMs: POLL_MS,
      closed: this.#closed.signal,
      append: (to: string, messages: readonly LogMessage[]) => this.append(to, messages),
    };
    await consume(context, options, handler);
  }

  positions(topic: string, group?: string): Promise<PartitionPosition[]> {
    return this.#client.call('positions', topic, group);
  }

  compact(topic: string): Promise<CompactionResult> {
    return this.#client.call('compact', topic);
  }

  erase(topic: string, keys: readonly string[]): Promise<number> {
    return this.#client.call('erase', topic, keys);
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }
}
