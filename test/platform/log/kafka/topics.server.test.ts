import kafkajs from 'kafkajs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KafkaLog, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import { removeTopics, withAdmin } from '../../../support/kafka.js';
import { freshNamespace, servers } from '../../../support/servers.js';

const namespace = freshNamespace();

async function settings(topic: string): Promise<Map<string, string>> {
  const { resources } = await withAdmin((admin) =>
    admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: `${namespace}.${topic}` }],
    }),
  );
  return new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]));
}

describe('topics on Kafka', () => {
  let log: KafkaLog;
  const logged: string[] = [];
  const open = (): Promise<KafkaLog> =>
    openKafkaLog({
      brokers: [servers().kafka],
      namespace,
      logger: { warn: (_: object, message: string) => void logged.push(message) },
    });
  beforeEach(async () => {
    logged.length = 0;
    log = await open();
  });
  afterEach(() => log.close());
  afterAll(() => removeTopics(namespace));

  it('are made so that compaction happens, keeps what is young, and keeps tombstones for late readers', async () => {
    await log.createTopics([{ name: 'raw', partitions: 3, compact: true, compactionLagMs: 7_200_000 }]);
    const set = await settings('raw');
    expect(set.get('cleanup.policy')).toBe('compact');
    expect(set.get('min.compaction.lag.ms')).toBe('7200000');
    // The newest segment is never compacted: it must not stay the newest for a week.
    expect(Number(set.get('segment.ms'))).toBe(7_200_000);
    expect(Number(set.get('delete.retention.ms'))).toBeGreaterThan(365 * 86_400_000);
    expect(await log.positions('raw')).toHaveLength(3);
  });

  it('that are not compacted keep their messages for ever, or for as long as they are told', async () => {
    await log.createTopics([
      { name: 'letters', partitions: 1, compact: false },
      { name: 'short', partitions: 1, compact: false, retentionMs: 86_400_000 },
    ]);
    expect((await settings('letters')).get('retention.ms')).toBe('-1');
    expect((await settings('short')).get('retention.ms')).toBe('86400000');
  });

  it('that are there keep partitions and what an operator tuned; what the log rests on is set right, and told', async () => {
    await withAdmin((admin) =>
      admin.createTopics({
        topics: [
          {
            topic: `${namespace}.golden`,
            numPartitions: 2,
            configEntries: [
              { name: 'cleanup.policy', value: 'delete' },
              { name: 'segment.bytes', value: '123456' },
            ],
          },
        ],
      }),
    );
    await log.createTopics([{ name: 'golden', partitions: 5, compact: true }]);
    expect(await log.positions('golden')).toHaveLength(2);
    const set = await settings('golden');
    expect(set.get('cleanup.policy')).toBe('compact');
    expect(set.get('segment.bytes')).toBe('123456');
    expect(logged.join()).toContain('cleanup.policy from delete to compact');
    logged.length = 0;
    await log.createTopics([{ name: 'golden', partitions: 5, compact: true }]);
    expect(logged).toEqual([]);
  });

  it('are made once by two processes that start together', async () => {
    const other = await open();
    const specs = ['a', 'b', 'c'].map((name) => ({ name, partitions: 2, compact: true }));
    await Promise.all([log.createTopics(specs), other.createTopics(specs)]);
    for (const { name } of specs) expect(await other.positions(name)).toHaveLength(2);
    await other.close();
  });

  it('of other namespaces, and groups, are not touched or seen', async () => {
    const other = await openKafkaLog({ brokers: [servers().kafka], namespace: `${namespace}-other` });
    await expect(other.positions('raw')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await other.close();
  });

  it('read without a group leave none behind', async () => {
    const groups = async (): Promise<number> =>
      (await withAdmin((admin) => admin.listGroups())).groups.filter(({ groupId }) => groupId.startsWith(namespace))
        .length;
    const before = await groups();
    await log.createTopics([{ name: 'a', partitions: 2, compact: true }]);
    await log.append('a', [{ key: 'k', value: 'v' }]);
    let seen = 0;
    await log.consume({ topic: 'a', from: async () => 0, maxMessages: 9, untilEnd: true }, async ({ messages }) => {
      seen += messages.length;
    });
    expect(seen).toBe(1);
    expect(await groups()).toBe(before);
  });
});
