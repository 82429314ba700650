import kafkajs, { type Cluster } from 'kafkajs';
import { Coordinator } from './coordinator.js';
import { typeOf } from './failure.js';

const { AssignerProtocol } = kafkajs;
const PROTOCOL = 'assay-even';
/** Others wait so long for a member to finish its batch before a new assignment is made without it. */
const REBALANCE_MS = 60_000;
/** Answers that say: join again. */
const JOIN_AGAIN = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'MEMBER_ID_REQUIRED']);

/** The partitions that a member owns in one generation of its group. */
export interface Assignment {
  generation: number;
  memberId: string;
  partitions: number[];
}

export interface MemberOptions {
  group: string;
  topic: string;
  sessionTimeoutMs: number;
}

/** Membership in a consumer group: joins, stays alive, commits for its generation, leaves. */
export class Member {
  readonly coordinator: Coordinator;
  readonly #cluster: Cluster;
  readonly #options: MemberOptions;
  #memberId = '';

  constructor(cluster: Cluster, options: MemberOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.coordinator = new Coordinator(cluster, options.group, options.topic);
  }

  /** Waits for the other members, and returns what this one owns from now on. */
  async join(): Promise<Assignment> {
    const { group, topic, sessionTimeoutMs } = this.#options;
    for (;;) {
      try {
        const joined = await this.coordinator.ask((broker) =>
          broker.joinGroup({
            groupId: group,
            sessionTimeout: sessionTimeoutMs,
            rebalanceTimeout: REBALANCE_MS,
            memberId: this.#memberId,
            groupProtocols: [
              {
                name: PROTOCOL,
                metadata: AssignerProtocol.MemberMetadata.encode({
                  version: 0,
                  topics: [topic],
                  userData: Buffer.alloc(0),
                }),
              },
            ],
          }),
        );
        this.#memberId = joined.memberId;
        const { generationId: generation, memberId } = joined;
        const leads = joined.leaderId === memberId;
        const groupAssignment = leads ? await this.#assign(joined.members.map((member) => member.memberId)) : [];
        const { memberAssignment } = await this.coordinator.ask((broker) =>
          broker.syncGroup({ groupId: group, generationId: generation, memberId, groupAssignment }),
        );
        const decoded = AssignerProtocol.MemberAssignment.decode(memberAssignment);
        return { generation, memberId, partitions: [...(decoded?.assignment[topic] ?? [])].sort((a, b) => a - b) };
      } catch (error) {
        const type = typeOf(error);
        if (type === undefined || !JOIN_AGAIN.has(type)) throw error;
        if (type === 'UNKNOWN_MEMBER_ID' || type === 'ILLEGAL_GENERATION') this.#memberId = '';
      }
    }
  }

  /** Whether the assignment still holds. */
  async heartbeat({ generation, memberId }: Assignment): Promise<boolean> {
    return this.#holds((groupId) =>
      this.coordinator.ask((broker) => broker.heartbeat({ groupId, groupGenerationId: generation, memberId })),
    );
  }

  /** Commits for the generation of the assignment; false when it is over, and nothing was committed. */
  async commit(assignment: Assignment, partition: number, next: number): Promise<boolean> {
    const { generation, memberId } = assignment;
    return this.#holds((groupId) =>
      this.coordinator.ask((broker) =>
        broker.offsetCommit({
          groupId,
          memberId,
          groupGenerationId: generation,
          topics: [{ topic: this.#options.topic, partitions: [{ partition, offset: String(next) }] }],
        }),
      ),
    );
  }

  async leave(): Promise<void> {
    if (this.#memberId === '') return;
    await this.coordinator.ask((broker) =>
      broker.leaveGroup({ groupId: this.#options.group, memberId: this.#memberId }),
    );
    this.#memberId = '';
  }

  async #holds(work: (groupId: string) => Promise<unknown>): Promise<boolean> {
    try {
      await work(this.#options.group);
      return true;
    } catch (error) {
      const type = typeOf(error);
      if (type === undefined || !JOIN_AGAIN.has(type)) throw error;
      if (type === 'UNKNOWN_MEMBER_ID') this.#memberId = '';
      return false;
    }
  }

  /** Partition p goes to the member p mod n in the order of ids: even, and the same whoever leads. */
  async #assign(ids: readonly string[]): Promise<{ memberId: string; memberAssignment: Buffer }[]> {
    const { topic } = this.#options;
    await this.#cluster.refreshMetadata();
    const partitions = this.#cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    return [...ids].sort().map((memberId, i, sorted) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({
        version: 0,
        assignment: { [topic]: partitions.filter((partition) => partition % sorted.length === i) },
        userData: Buffer.alloc(0),
      }),
    }));
  }
}
