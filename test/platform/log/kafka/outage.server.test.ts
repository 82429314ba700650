import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKafkaLog } from '../../../../src/platform/log/index.js';
import type { LogMessage } from '../../../../src/platform/log/port.js';
import { type OwnServers, ownServers } from '../../../support/server-control.js';

describe('a broker that goes away', () => {
  let own: OwnServers;
  let broker: string;
  beforeAll(async () => {
    own = await ownServers(['kafka']);
    broker = own.env.ASSAY_TEST_KAFKA as string;
  });
  afterAll(() => own.close());

  it('is waited for in the middle of appends, transactions and plain reading: nothing is lost, nothing is there twice', async () => {
    const warnings: string[] = [];
    const logger = { warn: (_: object, message: string) => void warnings.push(message) };
    const log = await openKafkaLog({ brokers: [broker], namespace: 'outage', sessionTimeoutMs: 6000, logger });
    await log.createTopics([
      { name: 'in', partitions: 4, compact: true },
      { name: 'out', partitions: 4, compact: true },
    ]);
    const stop = new AbortController();
    const consumer = log.consume(
      { topic: 'in', group: 'copy', maxMessages: 50, signal: stop.signal },
      async (batch, outbox) => outbox.append('out', batch.messages),
    );
    const seen = new Map<string, number>();
    const reader = log.consume(
      { topic: 'out', from: async () => 0, maxMessages: 100, signal: stop.signal },
      async (batch) => {
        for (const { key } of batch.messages) seen.set(key, (seen.get(key) ?? 0) + 1);
      },
    );
    let appended = 0;
    const more = async (n: number): Promise<void> => {
      const messages: LogMessage[] = Array.from({ length: n }, () => ({ key: `key-${appended++}`, value: 'v' }));
      await log.append('in', messages);
    };
    for (let i = 0; i < 20; i++) await more(25);
    const during = (async () => {
      for (let i = 0; i < 40; i++) await more(25);
    })();
    await own.set.kill('kafka');
    await own.set.restart('kafka');
    await during;
    for (let i = 0; i < 20; i++) await more(25);
    while (seen.size < appended) await sleep(50);
    // What would come twice comes by now: the group has committed everything.
    await log.consume({ topic: 'in', group: 'copy', maxMessages: 50, untilEnd: true }, async (batch, outbox) =>
      outbox.append('out', batch.messages),
    );
    stop.abort();
    await Promise.all([consumer, reader]);
    expect(seen.size).toBe(appended);
    expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
    const [guard] = log.guards();
    expect(guard?.failures).toBeGreaterThan(0);
    expect(warnings.join('\n')).toContain('does not answer');
    await log.close();
  });
});
