import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../scripts/servers/process.mjs';
import { plainKafka, removeTopics, withAdmin } from '../support/kafka.js';
import { kill, pid, restart, type ServerName, waitHealthy } from '../support/server-control.js';
import { freshDatabase, freshNamespace, servers } from '../support/servers.js';

const namespace = freshNamespace();

async function killed(name: ServerName): Promise<void> {
  const before = pid(name)!;
  expect(commandLine(before), name).toBeDefined();
  await kill(name);
  expect([pid(name), commandLine(before)], name).toEqual([undefined, undefined]);
}

async function comesBack(name: ServerName): Promise<void> {
  await restart(name);
  await waitHealthy(name);
  expect(pid(name), name).toBeGreaterThan(1);
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  // Its end is what is wanted.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

describe('a killed server', () => {
  afterAll(() => removeTopics(namespace));

  it('Postgres has what it confirmed, and nothing of an open transaction', async () => {
    const { url, drop } = await freshDatabase();
    expect(
      await query(url, `select name, setting from pg_settings where name in ('fsync', 'full_page_writes')`),
    ).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
    ]);
    await query(url, 'create table thing as select generate_series(1, 5000) as id');
    const open = new pg.Client({ connectionString: url });
    open.on('error', () => {});
    await open.connect();
    const busy = open.query('begin; delete from thing; select pg_sleep(600)').catch((error: Error) => error);
    const working = `select count(*)::int as n from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
    while (((await query(url, working)) as { n: number }[])[0]!.n === 0);
    await killed('postgres');
    expect(await busy).toBeInstanceOf(Error);
    await comesBack('postgres');
    expect(await query(url, 'select count(*)::int as n from thing')).toEqual([{ n: 5000 }]);
    await drop();
  });

  it('Kafka has what it confirmed', async () => {
    const topic = `${namespace}.survivor`;
    await withAdmin((admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 2 }] }));
    const producer = plainKafka().producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const messages = Array.from({ length: 200 }, (_, i) => ({ key: String(i), value: `value ${i}` }));
    await producer.send({ topic, acks: -1, messages });
    await producer.disconnect();
    await killed('kafka');
    await comesBack('kafka');
    const offsets = await withAdmin((admin) => admin.fetchTopicOffsets(topic));
    expect(offsets.reduce((total, { offset }) => total + Number(offset), 0)).toBe(200);
  });

  it('Redis answers again, empty, as caches are', async () => {
    const { redis } = servers();
    const write = new Redis(redis, { lazyConnect: true });
    await write.set(`${namespace}:thing`, '1');
    write.disconnect();
    await killed('redis');
    await comesBack('redis');
    const read = new Redis(redis, { lazyConnect: true });
    expect(await read.get(`${namespace}:thing`)).toBeNull();
    read.disconnect();
  });

  it('Elasticsearch has what it confirmed', async () => {
    const index = `${servers().elasticsearch}/${namespace}-survivor`;
    const headers = { 'content-type': 'application/json' };
    const put = await fetch(`${index}/_doc/1?refresh=true`, { method: 'PUT', headers, body: '{"name":"survivor"}' });
    expect(put.status).toBe(201);
    await killed('elasticsearch');
    await expect(fetch(index)).rejects.toThrow();
    await comesBack('elasticsearch');
    const found = (await (await fetch(`${index}/_doc/1`)).json()) as { _source: unknown };
    expect(found._source).toEqual({ name: 'survivor' });
    await fetch(index, { method: 'DELETE' });
  });
});
