import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KafkaLog, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import type { BatchHandler } from '../../../../src/platform/log/port.js';
import { plainKafka, removeTopics } from '../../../support/kafka.js';
import { freshNamespace, servers } from '../../../support/servers.js';

describe('transactions of a consumer group', () => {
  let namespace: string;
  let log: KafkaLog;
  beforeEach(async () => {
    namespace = freshNamespace();
    log = await openKafkaLog({ brokers: [servers().kafka], namespace, sessionTimeoutMs: 6000 });
    await log.createTopics([
      { name: 'in', partitions: 1, compact: true },
      { name: 'out', partitions: 1, compact: true },
    ]);
    await log.append(
      'in',
      Array.from({ length: 10 }, (_, i) => ({ key: `key-${i}`, value: String(i) })),
    );
  });
  afterEach(async () => {
    await log.close();
    await removeTopics(namespace);
  });

  const copy: BatchHandler = async (batch, outbox) => outbox.append('out', batch.messages);
  const run = (handler: BatchHandler = copy): Promise<void> =>
    log.consume({ topic: 'in', group: 'copy', maxMessages: 4, untilEnd: true }, handler);
  async function outputs(): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    await log.consume({ topic: 'out', from: async () => 0, maxMessages: 100, untilEnd: true }, async ({ messages }) => {
      found.push(...messages.map(({ value }) => value));
    });
    return found;
  }
  /** A worker that stopped in the middle: its outputs are written, and its transaction neither committed nor aborted. */
  async function halted(): Promise<{ commit(): Promise<void>; disconnect(): Promise<void> }> {
    const producer = plainKafka().producer({ transactionalId: `${namespace}.copy.in.0`, maxInFlightRequests: 1 });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({
      topic: `${namespace}.out`,
      messages: ['0', '1', '2'].map((value) => ({ key: `key-${value}`, value: `half-done ${value}` })),
    });
    await transaction.sendOffsets({
      consumerGroupId: `${namespace}.copy`,
      topics: [{ topic: `${namespace}.in`, partitions: [{ partition: 0, offset: '3' }] }],
    });
    return { commit: () => transaction.commit(), disconnect: () => producer.disconnect() };
  }

  it('show readers nothing of a batch whose handler throws, and all of it after it went well', async () => {
    let failing = true;
    const fails: BatchHandler = async (batch, outbox) => {
      outbox.append('out', batch.messages);
      if (failing && batch.firstOffset > 0) throw new Error('no');
    };
    await expect(run(fails)).rejects.toThrow('no');
    expect(await outputs()).toEqual(['0', '1', '2', '3']);
    failing = false;
    await run(fails);
    expect(await outputs()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('end those of a worker before, which can do nothing more', async () => {
    const zombie = await halted();
    await run();
    await expect(zombie.commit()).rejects.toThrow();
    await zombie.disconnect();
    expect(await outputs()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect((await log.positions('in', 'copy'))[0]?.committed).toBe(10);
  });

  it('find out that a worker before had come further while the batch was handled', async () => {
    const other = await halted();
    const handled: number[] = [];
    await run(async (batch, outbox) => {
      if (handled.length === 0) await other.commit();
      handled.push(batch.firstOffset);
      await copy(batch, outbox);
    });
    await other.disconnect();
    // The first batch was read before the other committed, and is not written.
    expect(handled).toEqual([0, 3, 7]);
    expect(await outputs()).toEqual(['half-done 0', 'half-done 1', 'half-done 2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('pass over what was aborted, and end where nothing else is left', async () => {
    const zombie = await halted();
    // Its successor ends it, and has nothing to write.
    const successor = plainKafka().producer({ transactionalId: `${namespace}.copy.in.0`, maxInFlightRequests: 1 });
    await successor.connect();
    await (await successor.transaction()).abort();
    await successor.disconnect();
    await zombie.disconnect();
    const [{ end } = { end: 0 }] = await log.positions('out');
    expect(end).toBe(4);
    expect(await outputs()).toEqual([]);
    await log.consume({ topic: 'out', group: 'g', maxMessages: 5, untilEnd: true }, async () => expect.unreachable());
    expect((await log.positions('out', 'g'))[0]?.committed).toBe(end);
  });
});
