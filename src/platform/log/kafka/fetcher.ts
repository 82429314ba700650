import type { Cluster } from 'kafkajs';
import type { Guard } from '../../guard.js';
import { type Portion, portionOf } from './portion.js';
import type { FetchResponse } from './protocol.js';

const READ_COMMITTED = 1;
/** How long a broker holds back an answer that has nothing in it. */
const WAIT_MS = 500;
/** Enough to reach past the batches without records that compaction leaves (61 bytes each), which kafkajs does not show. */
const PARTITION_BYTES = 1 << 20;
const ANSWER_BYTES = 8 << 20;

/** Reads partitions from their leaders: at most one request to each is under way, while handlers work. */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #guard: Guard;
  readonly #arrived: (portion: Portion) => void;
  readonly #failed: (error: unknown) => void;
  readonly #flying = new Map<string, Promise<void>>();

  constructor(
    cluster: Cluster,
    topic: string,
    guard: Guard,
    arrived: (portion: Portion) => void,
    failed: (error: unknown) => void,
  ) {
    this.#cluster = cluster;
    this.#topic = topic;
    this.#guard = guard;
    this.#arrived = arrived;
    this.#failed = failed;
  }

  /**
   * Asks for these partitions from these offsets, where their leader is not being asked already.
   *
   * @param busy there is something to handle: a broker that has nothing answers at once, because a request that it held back
   *   would keep the next one, for the partition that is handled now, waiting.
   */
  fetch(wanted: ReadonlyMap<number, number>, busy: boolean): void {
    if (wanted.size === 0) return;
    const leaders = this.#cluster.findLeaderForPartitions(this.#topic, [...wanted.keys()]);
    for (const [nodeId, partitions] of Object.entries(leaders)) {
      if (this.#flying.has(nodeId)) continue;
      const from = new Map(partitions.map((partition) => [partition, wanted.get(partition) as number]));
      const flight = this.#ask(nodeId, from, busy ? 0 : WAIT_MS)
        .catch(this.#failed)
        .finally(() => this.#flying.delete(nodeId));
      this.#flying.set(nodeId, flight);
    }
  }

  /** Waits until nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#flying.values());
  }

  async #ask(nodeId: string, from: ReadonlyMap<number, number>, maxWaitTime: number): Promise<void> {
    const partitions = [...from].map(([partition, offset]) => ({
      partition,
      fetchOffset: String(offset),
      maxBytes: PARTITION_BYTES,
    }));
    const answer = await this.#guard.run(
      async () => {
        const broker = await this.#cluster.findBroker({ nodeId });
        return (await broker.fetch({
          isolationLevel: READ_COMMITTED,
          maxWaitTime,
          minBytes: 1,
          maxBytes: ANSWER_BYTES,
          topics: [{ topic: this.#topic, partitions }],
        })) as FetchResponse;
      },
      { attempts: 1 },
    );
    for (const fetched of answer.responses.flatMap((topic) => topic.partitions))
      this.#arrived(portionOf(fetched, from.get(fetched.partition) as number));
  }
}
