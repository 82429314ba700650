import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KafkaLog, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import type { StoredMessage } from '../../../../src/platform/log/port.js';
import { withAdmin } from '../../../support/kafka.js';
import { type AwkwardBroker, awkwardBroker } from '../../../support/kafka-broker.js';

describe('compaction by a broker', () => {
  let broker: AwkwardBroker;
  let log: KafkaLog;
  beforeAll(async () => {
    broker = await awkwardBroker();
    log = await openKafkaLog({ brokers: [broker.open], namespace: 'compacted' });
  });
  afterAll(async () => {
    await log?.close();
    await broker?.close();
  });

  /** Segments of a tenth of a second, so that a test need not wait for an hour. */
  async function hurry(topic: string): Promise<void> {
    await log.createTopics([{ name: topic, partitions: 1, compact: true }]);
    await withAdmin(
      (admin) =>
        admin.alterConfigs({
          validateOnly: false,
          resources: [
            {
              type: kafkajs.ConfigResourceTypes.TOPIC,
              name: `compacted.${topic}`,
              configEntries: [
                { name: 'cleanup.policy', value: 'compact' },
                { name: 'segment.ms', value: '100' },
                { name: 'min.cleanable.dirty.ratio', value: '0.01' },
              ],
            },
          ],
        }),
      broker.open,
    );
    // Tuned settings stay; what the contract rests on comes back.
    await log.createTopics([{ name: topic, partitions: 1, compact: true }]);
  }
  async function all(topic: string): Promise<{ messages: StoredMessage[]; next: number }> {
    const messages: StoredMessage[] = [];
    let next = 0;
    await log.consume({ topic, from: async () => 0, maxMessages: 100, untilEnd: true }, async (batch) => {
      expect(batch.firstOffset).toBe(next);
      next = batch.nextOffset;
      messages.push(...batch.messages);
    });
    return { messages, next };
  }

  it('leaves the newest message of every key, tombstones too, and readers pass over the gaps', async () => {
    await hurry('raw');
    const newest = new Map<string, string | null>();
    const put = async (key: string, value: string | null): Promise<void> => {
      newest.set(key, value);
      await log.append('raw', [{ key, value }]);
    };
    await put('gone', 'secret');
    for (let round = 0; round < 5; round++) for (let k = 0; k < 10; k++) await put(`key-${k}`, `${round}`);
    await put('gone', null);
    let found = await all('raw');
    for (let n = 0; found.messages.length > newest.size + 3; n++) {
      // A message now and then closes the segment before.
      await sleep(150);
      await put('key-0', `late ${n}`);
      found = await all('raw');
    }
    const last = new Map(found.messages.map(({ key, value }) => [key, value]));
    expect(last).toEqual(newest);
    expect(found.messages.some(({ value }) => value === 'secret')).toBe(false);
    expect(found.next).toBe((await log.positions('raw'))[0]?.end);
  });

  it('leaves batches without a message, which readers get past', async () => {
    await hurry('emptied');
    // Every batch is replaced by the one after it: compaction keeps the last one of each producer, empty.
    for (let n = 0; n < 3; n++) {
      const writer = await openKafkaLog({ brokers: [broker.open], namespace: 'compacted' });
      await writer.append(
        'emptied',
        Array.from({ length: 5 }, (_, k) => ({ key: `key-${k}`, value: `${n}` })),
      );
      await writer.close();
      await sleep(150);
    }
    const writer = await openKafkaLog({ brokers: [broker.open], namespace: 'compacted' });
    let found = await all('emptied');
    for (let n = 0; found.messages.length > 8; n++) {
      await sleep(150);
      await writer.append('emptied', [{ key: 'key-0', value: `late ${n}` }]);
      found = await all('emptied');
    }
    await writer.close();
    expect(new Set(found.messages.map(({ key }) => key)).size).toBe(5);
    expect(found.next).toBe((await log.positions('emptied'))[0]?.end);
  });
});
