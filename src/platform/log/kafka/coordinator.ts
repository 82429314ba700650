import type { Cluster } from 'kafkajs';
import { isOutage } from './failure.js';
import type { GroupBroker } from './protocol.js';

/** The broker that looks after a group; looked for again after it went away. */
export class Coordinator {
  readonly #cluster: Cluster;
  readonly #group: string;
  readonly #topic: string;
  #broker: GroupBroker | undefined;

  constructor(cluster: Cluster, group: string, topic: string) {
    this.#cluster = cluster;
    this.#group = group;
    this.#topic = topic;
  }

  async ask<T>(work: (broker: GroupBroker) => Promise<T>): Promise<T> {
    if (this.#broker?.isConnected() !== true)
      this.#broker = (await this.#cluster.findGroupCoordinator({ groupId: this.#group })) as GroupBroker;
    try {
      return await work(this.#broker);
    } catch (error) {
      if (isOutage(error)) this.#broker = undefined;
      throw error;
    }
  }

  /** What the group has committed; partitions without a commit are missing. */
  async committed(partitions: readonly number[]): Promise<Map<number, number>> {
    const { responses } = await this.ask((broker) =>
      broker.offsetFetch({
        groupId: this.#group,
        topics: [{ topic: this.#topic, partitions: partitions.map((partition) => ({ partition, offset: '-1' })) }],
      }),
    );
    const found = new Map<number, number>();
    for (const { partition, offset } of responses.flatMap((topic) => topic.partitions))
      if (Number(offset) >= 0) found.set(partition, Number(offset));
    return found;
  }
}
