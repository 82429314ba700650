import kafkajs, { type Admin } from 'kafkajs';
import type { ServerFinding } from '../../finding.js';
import type { TopicSpec } from '../port.js';
import type { KafkaCheckOptions } from './check.js';
import { Names } from './names.js';
import { enforced } from './settings.js';

/** Whether the topics that are there are as they should be, and the brokers enough for the copies that are asked for. */
export async function judgeTopics(admin: Admin, options: KafkaCheckOptions, brokers: number): Promise<ServerFinding[]> {
  const { replication, topics = [] } = options;
  const names = new Names(options.namespace);
  const found: ServerFinding[] = [judgeCopies(replication, brokers)];
  const existing = new Set(await admin.listTopics());
  const there = topics.filter(({ name }) => existing.has(names.topic(name)));
  for (const spec of there) found.push(...(await judgeTopic(admin, spec, names.topic(spec.name), replication)));
  const missing = topics.length - there.length;
  if (missing > 0)
    found.push({
      check: 'topics',
      state: 'ok',
      message: `${missing} topics are not there yet: the next start makes them`,
    });
  return found;
}

function judgeCopies(replication: number | undefined, brokers: number): ServerFinding {
  if (replication !== undefined && replication > brokers)
    return {
      check: 'replication',
      state: 'wrong',
      message: `${replication} copies of every partition are asked for, and there are ${brokers} brokers`,
      advice: 'Start more brokers, or lower log.replication.',
    };
  if (brokers < 3)
    return {
      check: 'replication',
      state: 'warning',
      message: `${brokers} ${brokers === 1 ? 'broker' : 'brokers'}: what is lost with a disk is lost for good`,
      advice: 'Run three brokers and log.replication 3 where the log must survive a disk.',
    };
  return { check: 'replication', state: 'ok', message: `${brokers} brokers` };
}

async function judgeTopic(
  admin: Admin,
  spec: TopicSpec,
  topic: string,
  replication: number | undefined,
): Promise<ServerFinding[]> {
  const found: ServerFinding[] = [];
  const [metadata] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics;
  const partitions = metadata?.partitions ?? [];
  if (partitions.length !== spec.partitions)
    found.push({
      check: 'topics',
      state: 'warning',
      message: `topic ${topic} has ${partitions.length} partitions, the configuration says ${spec.partitions}`,
      advice:
        'Set log.partitions to what the topic has. A topic that gets more partitions later has its keys in new places, out of order.',
    });
  const copies = Math.min(...partitions.map(({ replicas }) => replicas.length));
  if (replication !== undefined && copies < replication)
    found.push({
      check: 'topics',
      state: 'warning',
      message: `topic ${topic} has ${copies} copies of a partition, ${replication} are asked for`,
      advice: 'kafka-reassign-partitions.sh gives an existing topic more copies.',
    });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
  });
  const now = new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]));
  const unlike = Object.entries(enforced(spec)).filter(([name, value]) => now.get(name) !== value);
  if (unlike.length > 0)
    found.push({
      check: 'topics',
      state: unlike.some(([name]) => name === 'cleanup.policy') ? 'wrong' : 'warning',
      message: `topic ${topic}: ${unlike.map(([name, value]) => `${name} is ${now.get(name)} and not ${value}`).join(', ')}`,
      advice: 'The next start sets it right, if its login may alter topics; else kafka-configs.sh does.',
    });
  if (found.length > 0) return found;
  return [{ check: 'topics', state: 'ok', message: `topic ${topic}: ${partitions.length} partitions, as configured` }];
}
