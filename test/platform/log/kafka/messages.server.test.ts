import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssayError } from '../../../../src/errors.js';
import { openFileLog } from '../../../../src/platform/log/index.js';
import { type KafkaLog, type MessageCodec, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import type { Log, StoredMessage } from '../../../../src/platform/log/port.js';
import { plainKafka, removeTopics, withAdmin } from '../../../support/kafka.js';
import { freshNamespace, servers } from '../../../support/servers.js';

const namespace = freshNamespace();
const TOPIC = { partitions: 4, compact: true };

async function all(log: Log, topic: string): Promise<StoredMessage[][]> {
  const found: StoredMessage[][] = Array.from({ length: TOPIC.partitions }, () => []);
  await log.consume({ topic, from: async () => 0, maxMessages: 1000, untilEnd: true }, async (batch) => {
    found[batch.partition]?.push(...batch.messages);
  });
  return found;
}

describe('messages on Kafka', () => {
  let log: KafkaLog;
  const logged: string[] = [];
  const options = {
    brokers: [servers().kafka],
    namespace,
    logger: { warn: (_: object, message: string) => void logged.push(message) },
  };
  beforeEach(async () => {
    logged.length = 0;
    log = await openKafkaLog(options);
    await log.createTopics([
      { name: 'raw', ...TOPIC },
      { name: 'coded', ...TOPIC },
    ]);
  });
  afterEach(() => log.close());
  afterAll(() => removeTopics(namespace));

  it('lie in the partitions that the log in files gives their keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-log-'));
    const files = await openFileLog(folder, { segmentBytes: 1 << 20, fsync: 'off' });
    await files.createTopics([{ name: 'raw', ...TOPIC }]);
    const messages = Array.from({ length: 200 }, (_, i) => ({ key: `shop\u001f${i}é`, value: String(i) }));
    for (const each of [files, log]) await each.append('raw', messages);
    const keys = async (each: Log): Promise<string[][]> =>
      (await all(each, 'raw')).map((list) => list.map(({ key }) => key));
    expect(await keys(log)).toEqual(await keys(files));
    await files.close();
    rmSync(folder, { recursive: true });
  });

  it('are written and read by the codec; one that it cannot read has a fault, one whose schema is away waits', async () => {
    let away = 2;
    const codec: MessageCodec = {
      encode: (topic, { value }) => Buffer.from(`${topic}:${value}`).reverse(),
      decode: async (topic, bytes) => {
        const text = Buffer.from(bytes).reverse().toString();
        if (text.endsWith('away') && away-- > 0) throw new AssayError('PLATFORM_UNAVAILABLE', 'no registry');
        if (!text.startsWith(`${topic}:`)) throw new AssayError('SCHEMA_INVALID', 'not written by this codec');
        return text.slice(topic.length + 1);
      },
    };
    const coded = await openKafkaLog({ ...options, codec });
    await coded.append('coded', [
      { key: 'a', value: 'text' },
      { key: 'b', value: null },
      { key: 'c', value: 'away' },
    ]);
    await log.append('coded', [{ key: 'd', value: 'plain' }]);
    const found = new Map((await all(coded, 'coded')).flat().map((message) => [message.key, message]));
    expect(found.get('a')).toMatchObject({ value: 'text' });
    expect(found.get('b')).toMatchObject({ value: null });
    expect(found.get('c')).toMatchObject({ value: 'away' });
    expect(found.get('d')).toMatchObject({
      value: Buffer.from('plain').toString('base64'),
      fault: 'not written by this codec',
    });
    await coded.close();
  });

  it('of others are read too: without a key, not in UTF-8, with headers of bytes', async () => {
    await log.createTopics([{ name: 'foreign', partitions: TOPIC.partitions, compact: false }]);
    const producer = plainKafka().producer();
    await producer.connect();
    const bytes = Buffer.from([0xff, 0xfe, 0]);
    await producer.send({
      topic: `${namespace}.foreign`,
      messages: [
        { value: 'no key', partition: 1 },
        { key: 'bytes', value: bytes, partition: 1, headers: { trace: Buffer.from('é'), list: ['1', '2'] } },
      ],
    });
    await producer.disconnect();
    const found = (await all(log, 'foreign')).flat();
    expect(found.find(({ value }) => value === 'no key')).toMatchObject({ key: '' });
    expect(found.find(({ key }) => key === 'bytes')).toMatchObject({
      value: bytes.toString('base64'),
      fault: expect.stringContaining('UTF-8'),
      headers: { trace: 'é', list: '2' },
    });
  });

  it('that are too large are refused by name, alone or in a transaction, and stop none before them', async () => {
    await log.createTopics([{ name: 'big', ...TOPIC }]);
    const large = randomBytes(9 << 20).toString('base64');
    const some = Array.from({ length: 10 }, (_, i) => ({ key: `key-${i}`, value: 'x' }));
    const refused = { code: 'PLATFORM_INVALID', message: expect.stringMatching(/"large" of topic big has \d+ bytes/) };
    await expect(log.append('big', [...some, { key: 'large', value: large }])).rejects.toMatchObject(refused);
    expect((await all(log, 'big')).flat()).toHaveLength(10);
    const consumed = log.consume({ topic: 'big', group: 'big', maxMessages: 100, untilEnd: true }, async (_, outbox) =>
      outbox.append('big', [{ key: 'large', value: large }]),
    );
    await expect(consumed).rejects.toMatchObject(refused);
    // What was begun is not in the way of readers.
    expect((await all(log, 'big')).flat()).toHaveLength(10);
    // A megabyte or a few are usual enough.
    await log.append('big', [{ key: 'usual', value: large.slice(0, 3 << 20) }]);
    expect((await all(log, 'big')).flat()).toHaveLength(11);
  });

  it('go in batches that a topic with a lower limit takes', async () => {
    await withAdmin((admin) =>
      admin.createTopics({
        topics: [
          {
            topic: `${namespace}.narrow`,
            numPartitions: 1,
            configEntries: [{ name: 'max.message.bytes', value: '20000' }],
          },
        ],
      }),
    );
    const messages = Array.from({ length: 60 }, (_, i) => ({ key: `${i}`, value: randomBytes(1000).toString('hex') }));
    await log.append('narrow', messages);
    expect((await all(log, 'narrow')).flat().map(({ key }) => key)).toEqual(messages.map(({ key }) => key));
  });

  it('are erased by tombstones where a topic is compacted, and else told to stay', async () => {
    await log.createTopics([
      { name: 'erased', ...TOPIC },
      { name: 'letters', partitions: 1, compact: false, retentionMs: 86_400_000 },
    ]);
    for (const topic of ['erased', 'letters']) await log.append(topic, [{ key: 'a', value: 'secret' }]);
    expect(await log.erase('erased', ['a', 'b'])).toBe(2);
    expect((await all(log, 'erased')).flat().map(({ key, value }) => [key, value])).toContainEqual(['a', null]);
    expect(await log.erase('letters', ['a'])).toBe(0);
    expect(logged.join()).toContain('letters stay until its retention');
    expect((await log.positions('letters'))[0]?.end).toBe(1);
  });
});
