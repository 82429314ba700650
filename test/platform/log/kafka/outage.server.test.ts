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

  it('that hangs or stays away is given up after a while, and says so; it goes on where it was', async () => {
    const log = await openKafkaLog({ brokers: [broker], namespace: 'away', sessionTimeoutMs: 6000, patienceMs: 1500 });
    await log.createTopics([{ name: 'in', partitions: 2, compact: true }]);
    const away = { code: 'PLATFORM_UNAVAILABLE' };
    const append = (key: string): Promise<void> => log.append('in', [{ key, value: 'v' }]);
    const keys = async (): Promise<string[]> => {
      const found: string[] = [];
      await log.consume({ topic: 'in', from: async () => 0, maxMessages: 10, untilEnd: true }, async ({ messages }) => {
        found.push(...messages.map(({ key }) => key));
      });
      return found.sort();
    };
    await append('before');
    const pid = own.set.pid('kafka') as number;
    process.kill(pid, 'SIGSTOP');
    await expect(append('unknown')).rejects.toMatchObject(away);
    process.kill(pid, 'SIGCONT');
    await append('after');
    // Nobody knew whether it had arrived; it is not there twice.
    const found = await keys();
    expect(found.filter((key) => key !== 'unknown')).toEqual(['after', 'before']);
    expect(found.length).toBeLessThanOrEqual(3);

    await own.set.kill('kafka');
    const group = log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, async () => {});
    const asked: Promise<unknown>[] = [append('lost'), log.positions('in'), keys(), group];
    await Promise.all(asked.map((answer) => expect(answer).rejects.toMatchObject(away)));
    expect(log.guards()[0]).toMatchObject({
      name: 'kafka',
      lastError: expect.stringMatching(/ECONNREFUSED|no answer/),
    });
    // One that follows the log waits for as long as it is told to, and lets itself be closed.
    const following = log.consume({ topic: 'in', group: 'g', maxMessages: 10 }, async () => {});
    await sleep(300);
    await log.close();
    await following;
    await expect(append('closed')).rejects.toMatchObject({ code: 'NOT_READY' });
  });
});
