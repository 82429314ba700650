import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerFinding } from '../../../../src/platform/finding.js';
import { checkKafka, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import { withAdmin } from '../../../support/kafka.js';
import { type AwkwardBroker, awkwardBroker, freePorts } from '../../../support/kafka-broker.js';

describe('a look at Kafka', () => {
  let broker: AwkwardBroker;
  beforeAll(async () => {
    broker = await awkwardBroker();
  });
  afterAll(() => broker?.close());

  const check = (address: string, more: object = {}): Promise<ServerFinding[]> =>
    checkKafka({ brokers: [address], namespace: 'looked', ...more });
  const amiss = async (address: string, more: object = {}): Promise<ServerFinding[]> =>
    (await check(address, more)).filter(({ state, check }) => state !== 'ok' && check !== 'replication');
  const only = async (address: string, more: object = {}): Promise<ServerFinding> => {
    const found = await amiss(address, more);
    expect(found).toHaveLength(1);
    expect(found[0]?.advice).toBeTruthy();
    return found[0] as ServerFinding;
  };
  const sasl = (username: string, password: string): object => ({ sasl: { mechanism: 'plain', username, password } });

  it('finds nothing amiss with a broker that is as it should be, and leaves nothing behind', async () => {
    const found = await check(broker.open);
    expect(found.filter(({ state }) => state === 'wrong')).toEqual([]);
    expect(found.map(({ check }) => check)).toEqual([
      'address',
      'version',
      'login',
      'listeners',
      'replication',
      'rights',
      'clock',
    ]);
    expect(await amiss(broker.login, sasl('assay', 'right'))).toEqual([]);
    expect(await withAdmin((admin) => admin.listTopics(), broker.open)).not.toContainEqual(
      expect.stringContaining('check'),
    );
  });

  it('tells addresses where nothing listens, something else does, or that are none', async () => {
    const [free] = await freePorts(1);
    expect(await only(`127.0.0.1:${free}`)).toMatchObject({ check: 'address', state: 'wrong' });
    expect(await only('127.0.0.1')).toMatchObject({ message: expect.stringContaining('host:port') });
    const other: Server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('-ERR unknown command\r\n'));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await only(`127.0.0.1:${port}`)).toMatchObject({
      check: 'address',
      message: expect.stringContaining('no Kafka broker'),
    });
    await new Promise((resolve) => other.close(resolve));
    // One of several is enough to start from.
    const found = await checkKafka({ brokers: [`127.0.0.1:${free}`, broker.open], namespace: 'looked' });
    expect(found[0]).toMatchObject({ check: 'address', state: 'warning' });
    expect(found.some(({ state }) => state === 'wrong')).toBe(false);
  });

  it('tells TLS where there is none, none where there is, and certificates that nobody knows', async () => {
    expect(await only(broker.tls)).toMatchObject({ advice: expect.stringContaining('KAFKA_TLS=true') });
    expect(await only(broker.open, { tls: true })).toMatchObject({
      advice: expect.stringContaining('KAFKA_TLS=false'),
    });
    expect(await only(broker.tls, { tls: true })).toMatchObject({ message: expect.stringContaining('not trusted') });
  });

  it('tells logins that are refused, missing, not wanted, or of another kind', async () => {
    const refused = await only(broker.login, sasl('assay', 'wrong'));
    expect(refused).toMatchObject({ check: 'login', message: expect.stringContaining('refused') });
    expect(JSON.stringify(refused)).not.toContain('"wrong"}');
    expect(await only(broker.login)).toMatchObject({
      check: 'login',
      advice: expect.stringContaining('wants a login'),
    });
    expect(await only(broker.open, sasl('assay', 'right'))).toMatchObject({ check: 'login' });
    const scram = { sasl: { mechanism: 'scram-sha-256', username: 'assay', password: 'right' } };
    expect(await only(broker.login, scram)).toMatchObject({
      check: 'login',
      advice: expect.stringContaining('mechanism'),
    });
  });

  it('tells a login without rights', async () => {
    expect(await only(broker.login, sasl('weak', 'weak'))).toMatchObject({
      check: 'rights',
      advice: expect.stringContaining('Grant'),
    });
  });

  it('tells advertised addresses that are not reached', async () => {
    expect(await only(broker.lost)).toMatchObject({
      check: 'listeners',
      advice: expect.stringContaining('advertised.listeners'),
    });
  });

  it('tells clocks that differ', async () => {
    const found = await only(broker.open, { now: () => Date.now() - 60_000 });
    expect(found).toMatchObject({ check: 'clock', state: 'warning', message: expect.stringContaining('60 s ahead') });
  });

  it('tells topics that are not as configured, and copies that there are no brokers for', async () => {
    await withAdmin(
      (admin) =>
        admin.createTopics({
          topics: [
            { topic: 'looked.raw', numPartitions: 2, configEntries: [{ name: 'cleanup.policy', value: 'delete' }] },
          ],
        }),
      broker.open,
    );
    const topics = [
      { name: 'raw', partitions: 3, compact: true },
      { name: 'golden', partitions: 3, compact: true },
    ];
    const found = await amiss(broker.open, { topics });
    expect(found).toMatchObject([
      { check: 'topics', state: 'warning', message: expect.stringContaining('has 2 partitions') },
      { check: 'topics', state: 'wrong', message: expect.stringContaining('cleanup.policy is delete and not compact') },
    ]);
    const log = await openKafkaLog({ brokers: [broker.open], namespace: 'looked' });
    await log.createTopics(topics.map((topic) => ({ ...topic, partitions: 2 })));
    await log.close();
    expect(await amiss(broker.open, { topics: topics.map((topic) => ({ ...topic, partitions: 2 })) })).toEqual([]);
    const copies = (await check(broker.open, { replication: 3 })).filter(({ state }) => state === 'wrong');
    expect(copies[0]).toMatchObject({ check: 'replication', message: expect.stringContaining('3 copies') });
  });

  it('is what an open refuses too', async () => {
    const open = (address: string, more: object): Promise<unknown> =>
      openKafkaLog({ brokers: [address], namespace: 'looked', patienceMs: 1000, ...more });
    await expect(open(broker.login, sasl('assay', 'wrong'))).rejects.toMatchObject({ code: 'PLATFORM_INVALID' });
    const [free] = await freePorts(1);
    await expect(open(`127.0.0.1:${free}`, {})).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    const weak = await openKafkaLog({ brokers: [broker.login], namespace: 'weak', ...sasl('weak', 'weak') });
    await expect(weak.createTopics([{ name: 'raw', partitions: 1, compact: true }])).rejects.toMatchObject({
      code: 'PLATFORM_INVALID',
    });
    await weak.close();
  });
});
