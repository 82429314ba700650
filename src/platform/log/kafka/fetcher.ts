import type { Cluster } from 'kafkajs';
import type { Guard } from '../../guard.js';
import { type Portion, portionOf } from './portion.js';
import type { FetchedPartition, FetchResponse } from './protocol.js';

const READ_COMMITTED = 1;
/** How long a broker holds back an answer that has nothing in it. */
const WAIT_MS = 200;
const PARTITION_BYTES = 1 << 20;
const ANSWER_BYTES = 8 << 20;
/** Answers in a row without a record, although there are decided ones, after which a partition is asked for alone. */
const SUSPICIOUS = 3;

/** Reads partitions from their leaders: at most one request to each is under way, while handlers work. */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #guard: Guard;
  readonly #arrived: (portion: Portion) => void;
  readonly #failed: (error: unknown) => void;
  readonly #flying = new Map<string, Promise<void>>();
  readonly #empty = new Map<number, number>();

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

  /** Asks for these partitions from these offsets, where their leader is not being asked already. */
  fetch(wanted: ReadonlyMap<number, number>): void {
    if (wanted.size === 0) return;
    const leaders = this.#cluster.findLeaderForPartitions(this.#topic, [...wanted.keys()]);
    for (const [nodeId, partitions] of Object.entries(leaders)) {
      if (this.#flying.has(nodeId)) continue;
      const from = new Map(partitions.map((partition) => [partition, wanted.get(partition) as number]));
      const flight = this.#ask(nodeId, from)
        .catch(this.#failed)
        .finally(() => this.#flying.delete(nodeId));
      this.#flying.set(nodeId, flight);
    }
  }

  /** Waits until nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#flying.values());
  }

  async #ask(nodeId: string, from: ReadonlyMap<number, number>): Promise<void> {
    for (const fetched of await this.#request(nodeId, from, WAIT_MS)) {
      const { partition } = fetched;
      const start = from.get(partition) as number;
      const portion = portionOf(fetched, start);
      const held = portion.next === start && start < Number(fetched.lastStableOffset);
      const times = held ? (this.#empty.get(partition) ?? 0) + 1 : 0;
      this.#empty.set(partition, times);
      this.#arrived(times < SUSPICIOUS ? portion : await this.#alone(nodeId, partition, start));
    }
  }

  /**
   * Compaction leaves batches without records, which kafkajs does not show, so that a fetch there brings nothing for ever. A broker
   * that is asked for one partition alone answers with a batch where there is one: if it is empty, the next offset is tried.
   */
  async #alone(nodeId: string, partition: number, start: number): Promise<Portion> {
    const from = new Map([[partition, start]]);
    const [fetched] = await this.#request(nodeId, from, 0);
    if (fetched === undefined) return { partition, from: start, records: [], next: start };
    const portion = portionOf(fetched, start);
    const empty = portion.next === start && start < Number(fetched.lastStableOffset);
    return empty ? { ...portion, next: start + 1 } : portion;
  }

  async #request(nodeId: string, from: ReadonlyMap<number, number>, wait: number): Promise<FetchedPartition[]> {
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
          maxWaitTime: wait,
          minBytes: 1,
          maxBytes: ANSWER_BYTES,
          topics: [{ topic: this.#topic, partitions }],
        })) as FetchResponse;
      },
      { attempts: 1 },
    );
    return answer.responses.flatMap((topic) => topic.partitions);
  }
}
