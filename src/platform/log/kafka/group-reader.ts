import type { Cluster } from 'kafkajs';
import type { ConsumeOptions } from '../port.js';
import { clusterOf, openClient } from './client.js';
import type { ConsumeContext } from './consume.js';
import { type Assignment, Member } from './member.js';
import { Membership } from './membership.js';
import { DEFAULTS } from './options.js';
import type { Place } from './place.js';
import { type Ends, revive } from './positions.js';
import type { Outgoing } from './record.js';
import { isTooLarge, tooLarge } from './sender.js';
import { awaitTopic } from './topics.js';
import { Transactions } from './transactions.js';

interface Start {
  partition: number;
  start: number;
  committed: number | null;
}

/** What belongs to the group of a consumer: membership, offsets, transactions. Its own connections: a fetch would hold them up. */
export class GroupReader {
  readonly #context: ConsumeContext;
  readonly #options: ConsumeOptions;
  readonly #topic: string;
  readonly #client;
  readonly #cluster: Cluster;
  readonly #membership: Membership;
  readonly #transactions: Transactions;
  /** Whether its handler puts something into the outbox: then a partition is fenced before its first batch. */
  #transactional = false;

  constructor(context: ConsumeContext, options: ConsumeOptions, changed: () => void) {
    const { names, guard } = context;
    const plain = options.group as string;
    this.#context = context;
    this.#options = options;
    this.#topic = names.topic(options.topic);
    this.#client = openClient(context.options);
    this.#cluster = clusterOf(this.#client);
    const group = names.group(plain);
    const sessionTimeoutMs = context.options.sessionTimeoutMs ?? DEFAULTS.sessionTimeoutMs;
    const member = new Member(this.#cluster, { group, topic: this.#topic, sessionTimeoutMs });
    this.#membership = new Membership(member, sessionTimeoutMs, changed);
    this.#transactions = new Transactions(context.options, guard, {
      group,
      topic: this.#topic,
      transactionalId: (partition) => names.transactionalId(plain, options.topic, partition),
    });
  }

  get assignment(): Assignment | undefined {
    return this.#membership.assignment;
  }

  async join(): Promise<Start[]> {
    this.#transactions.closeAll();
    await awaitTopic(this.#cluster, this.#topic, this.#options.topic);
    const { partitions } = await this.#membership.join();
    const committed = await this.#membership.member.coordinator.committed(partitions);
    const starts: Start[] = [];
    for (const partition of partitions) {
      const before = committed.get(partition) ?? null;
      const own = await this.#options.from?.(partition);
      // Told to the group as well, so that everyone sees how far its partitions are.
      if (own !== undefined && own > (before ?? 0)) await this.#membership.commit(partition, own);
      starts.push({ partition, start: own ?? before ?? 0, committed: before });
    }
    return starts;
  }

  confirm(): Promise<boolean> {
    return this.#membership.confirm();
  }

  async committed(partition: number): Promise<number | undefined> {
    return (await this.#membership.member.coordinator.committed([partition])).get(partition);
  }

  /** Whether a batch of the place may be handed over. */
  async ready(place: Place): Promise<boolean> {
    if (!this.#transactional || this.#transactions.has(place.partition)) return true;
    return (await this.#fence(place)) === 'ours';
  }

  async commit(place: Place, next: number): Promise<boolean> {
    const done = await this.#membership.commit(place.partition, next);
    if (done) place.committed = next;
    return done;
  }

  /**
   * Writes outputs and offset in one transaction. After a failure nobody knows whether it was committed: a new producer decides it,
   * and the offset tells. False: another consumer has the partition, or had it.
   */
  async transact(place: Place, outputs: readonly Outgoing[], next: number): Promise<boolean> {
    const { partition } = place;
    this.#transactional = true;
    if (!this.#transactions.has(partition)) {
      if (!(await this.#membership.confirm())) return false;
      const state = await this.#fence(place, place.attempted);
      if (state !== 'ours') return state === 'done';
    }
    place.attempted = next;
    try {
      await this.#transactions.commit(partition, outputs, next);
    } catch (error) {
      this.#transactions.close(partition);
      if (!isTooLarge(error)) throw error;
      const largest = outputs.reduce((a, b) => (b.bytes > a.bytes ? b : a));
      throw tooLarge(largest, this.#context.options.namespace);
    }
    place.committed = next;
    return true;
  }

  /** Whether the group has committed everything up to the ends, whoever did it. */
  async reached(ends: Ends, places: readonly Place[]): Promise<boolean> {
    const partitions = [...ends.keys()];
    const committed = await this.#membership.member.coordinator.committed(partitions);
    const own = this.assignment === undefined ? [] : places;
    for (const [partition, { start, end }] of ends) {
      if (end <= start) continue;
      const done = committed.get(partition) ?? 0;
      const place = own.find((one) => one.partition === partition);
      if (place !== undefined) {
        if (place.handed < end || done < end) return false;
        continue;
      }
      const stored = await this.#options.from?.(partition);
      if ((this.assignment === undefined ? (stored ?? done) : Math.max(stored ?? 0, done)) < end) return false;
    }
    return true;
  }

  revive(): Promise<void> {
    return revive(this.#cluster);
  }

  async end(): Promise<void> {
    await this.#membership.leave();
    this.#transactions.closeAll();
    this.#client.destroy();
  }

  /**
   * Shuts out whoever wrote for the partition before, and moves the place if that one had got further: unless that was this
   * consumer, whose last transaction had been committed after all.
   */
  async #fence(place: Place, attempted: number | null = null): Promise<'ours' | 'done' | 'moved'> {
    await this.#transactions.open(place.partition);
    const committed = (await this.committed(place.partition)) ?? null;
    if (committed === place.committed) return 'ours';
    place.committed = committed;
    if (committed !== null && committed === attempted) return 'done';
    place.move(committed ?? 0);
    return 'moved';
  }
}
