import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type Cluster, type ConfigEntries } from 'kafkajs';
import { AssayError } from '../../../errors.js';
import type { PlatformLogger } from '../../platform.js';
import type { TopicSpec } from '../port.js';
import { asAssayError, typeOf } from './failure.js';
import type { Names } from './names.js';
import { enforced, settingsOf } from './settings.js';

const { ConfigResourceTypes, ConfigSource } = kafkajs;
/** A new topic is not known to every broker at once: how often it is looked for, when it may be new and when it is. */
const MAYBE_NEW = 4;
const NEW = 40;

/** Creates topics, and knows how many partitions they have. */
export class Topics {
  readonly #admin: Admin;
  readonly #cluster: Cluster;
  readonly #names: Names;
  readonly #replication: number | undefined;
  readonly #logger: PlatformLogger | undefined;
  readonly #partitions = new Map<string, number>();

  constructor(
    admin: Admin,
    cluster: Cluster,
    names: Names,
    replication: number | undefined,
    logger: PlatformLogger | undefined,
  ) {
    this.#admin = admin;
    this.#cluster = cluster;
    this.#names = names;
    this.#replication = replication;
    this.#logger = logger;
  }

  async create(specs: readonly TopicSpec[]): Promise<void> {
    const existing = new Set(await this.#admin.listTopics());
    const missing = specs.filter(({ name }) => !existing.has(this.#names.topic(name)));
    for (const spec of missing) await this.#create(spec);
    for (const spec of specs) {
      if (missing.includes(spec)) continue;
      const topic = this.#names.topic(spec.name);
      await this.#correct(spec, topic);
    }
    for (const { name } of specs) await this.partitions(name, NEW);
  }

  /** @throws AssayError NOT_FOUND */
  async partitions(name: string, attempts = MAYBE_NEW): Promise<number> {
    const known = this.#partitions.get(name);
    if (known !== undefined) return known;
    const topic = this.#names.topic(name);
    await awaitTopic(this.#cluster, topic, name, attempts);
    const count = this.#cluster.findTopicPartitionMetadata(topic).length;
    this.#partitions.set(name, count);
    return count;
  }

  async #create(spec: TopicSpec): Promise<void> {
    const topic = this.#names.topic(spec.name);
    const replication = this.#replication;
    try {
      await this.#admin.createTopics({
        // Waited for below: kafkajs gives up where the topic is not known to a broker yet.
        waitForLeaders: false,
        topics: [
          {
            topic,
            numPartitions: spec.partitions,
            replicationFactor: replication ?? -1,
            configEntries: entries(settingsOf(spec, replication)),
          },
        ],
      });
    } catch (error) {
      // Another process was faster.
      if (!alreadyThere(error)) throw asAssayError(causeOf(error), `create topic ${topic}`);
    }
  }

  async isCompacted(name: string): Promise<boolean> {
    return settingOf(await this.#settings(this.#names.topic(name)), 'cleanup.policy')?.includes('compact') ?? false;
  }

  async #settings(topic: string): Promise<ConfigEntries[]> {
    const { resources } = await this.#admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    });
    return resources[0]?.configEntries ?? [];
  }

  /** What the contract rests on is set right where it differs; what only tunes stays as an operator left it. */
  async #correct(spec: TopicSpec, topic: string): Promise<void> {
    const now = await this.#settings(topic);
    const wrong = Object.entries(enforced(spec)).filter(([name, value]) => settingOf(now, name) !== value);
    if (wrong.length === 0) return;
    const changes = wrong.map(([name, value]) => `${name} from ${settingOf(now, name)} to ${value}`).join(', ');
    this.#logger?.warn({ server: 'kafka', topic }, `topic ${topic} is set right: ${changes}`);
    // This request replaces all that was set for the topic: what was set before is sent along.
    const kept = now.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
    const all = { ...Object.fromEntries(kept.map((entry) => [entry.configName, entry.configValue])) };
    try {
      await this.#admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: topic,
            configEntries: entries({ ...all, ...Object.fromEntries(wrong) }),
          },
        ],
      });
    } catch (error) {
      throw asAssayError(error, `topic ${topic} needs ${changes}, which could not be changed`);
    }
  }
}

/** Waits a little for a topic to be known. @throws AssayError NOT_FOUND */
export async function awaitTopic(cluster: Cluster, topic: string, name: string, attempts = MAYBE_NEW): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await cluster.connect();
      return await cluster.addTargetTopic(topic);
    } catch (error) {
      if (typeOf(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
      if (attempt >= attempts) throw new AssayError('NOT_FOUND', `the log has no topic "${name}"`);
      await sleep(Math.min(250, 50 * attempt));
    }
  }
}

function entries(settings: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}

function settingOf(now: readonly ConfigEntries[], name: string): string | undefined {
  return now.find(({ configName }) => configName === name)?.configValue;
}

function causeOf(error: unknown): unknown {
  return error instanceof AggregateError || hasErrors(error) ? ((error as AggregateError).errors[0] ?? error) : error;
}

function hasErrors(error: unknown): boolean {
  return error instanceof Error && Array.isArray((error as unknown as AggregateError).errors);
}

function alreadyThere(error: unknown): boolean {
  return typeOf(causeOf(error)) === 'TOPIC_ALREADY_EXISTS';
}
