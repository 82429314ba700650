import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPlatform } from '../../src/platform/index.js';
import { readHolder } from '../../src/platform/lock.js';
import { built, Child } from './child.js';
import { folder, platformConfig } from './folder.js';

const topic = { name: 'raw', partitions: 2, compact: true };

const open = (dataDir: string, options: string): string => `
  import { openPlatform } from ${JSON.stringify(built('platform/index.js'))};
  const platform = await openPlatform(${JSON.stringify(platformConfig(dataDir))}, ${options});
  const wait = () => new Promise((resolve) => process.stdin.once('data', resolve));`;

it('keeps everything for the next opening, and gives the data directory free', async () => {
  const dataDir = folder();
  const first = await openPlatform(platformConfig(dataDir));
  expect(first.shared).toBe(false);
  await first.log.createTopics([topic]);
  await first.log.append('raw', [{ key: 'a', value: '1' }]);
  await first.database.query('create table kept as select 7 as n');
  expect(statSync(join(dataDir, 'assay.sock')).mode & 0o777).toBe(0o600);
  await first.close();
  expect(readdirSync(dataDir).sort()).toEqual(['database', 'log']);
  const second = await openPlatform(platformConfig(dataDir));
  expect((await second.log.positions('raw')).reduce((sum, p) => sum + p.end, 0)).toBe(1);
  expect(await second.database.query('select n from kept')).toEqual([{ n: 7 }]);
  await second.close();
});

it('shares log and database with another process, which cannot own them', async () => {
  const dataDir = folder();
  const owner = await openPlatform(platformConfig(dataDir));
  await owner.log.createTopics([topic]);
  await owner.log.append('raw', [{ key: 'a', value: 'from the owner' }]);
  await owner.database.query('create table note (id bigint primary key, text text)');

  const refused = new Child(`${open(dataDir, '{}')}`);
  expect((await refused.ended).code).toBe(1);
  expect(refused.errors).toContain(`is used by process ${process.pid}`);

  const client = new Child(`${open(dataDir, "{ access: 'share' }")}
    const { log, database } = platform;
    const seen = [];
    await log.consume({ topic: 'raw', maxMessages: 10, untilEnd: true, from: async () => 0 }, async (batch) => {
      for (const message of batch.messages) seen.push(message.value);
    });
    await log.append('raw', [{ key: 'a', value: 'from the client' }]);
    await database.transaction(async (sql) => {
      await sql.query('insert into note values (1, $1)', [seen.join()]);
      await sql.copyIn('note', ['id', 'text'], [[2, 'copied'], [9007199254740993n, null]]);
    });
    const refusals = [];
    await database.query('insert into note values (1, $1)', ['twice']).catch((error) => refusals.push(error.code, error.details.sqlstate));
    await log.consume({ topic: 'raw', group: 'g', maxMessages: 1, untilEnd: true }, async () => {}).catch((error) => refusals.push(error.code));
    let portions = 0;
    for await (const rows of database.batches('select id from note', [], 2)) portions++;
    console.log(JSON.stringify({ shared: platform.shared, refusals, portions }));
    await platform.close();`);
  expect((await client.ended).code).toBe(0);
  expect(JSON.parse(client.output)).toEqual({
    shared: true,
    refusals: ['DATABASE', '23505', 'DATA_DIR_LOCKED'],
    portions: 2,
  });
  expect(await owner.database.query('select * from note order by id')).toEqual([
    { id: 1, text: 'from the owner' },
    { id: 2, text: 'copied' },
    { id: 9007199254740993n, text: null },
  ]);
  const values: (string | null)[] = [];
  await owner.log.consume({ topic: 'raw', group: 'g', maxMessages: 10, untilEnd: true }, async (batch) => {
    for (const message of batch.messages) values.push(message.value);
  });
  expect(values).toEqual(['from the owner', 'from the client']);
  await owner.close();
});

it('rolls back the transaction of a client that dies, and lets the next one in', async () => {
  const dataDir = folder();
  const owner = await openPlatform(platformConfig(dataDir));
  await owner.database.query('create table note (id bigint)');
  const client = new Child(`${open(dataDir, '{ readOnly: true }')}
    await platform.database.transaction(async (sql) => {
      await sql.query('insert into note values (1)');
      console.log('inside');
      await wait();
    });`);
  await client.says('inside');
  const waiting = owner.database.query('select count(*) as n from note');
  await client.kill();
  expect(await waiting).toEqual([{ n: 0 }]);
  await owner.database.query('insert into note values (2)');
  await owner.close();
});

it('recovers what a killed owner had acknowledged', async () => {
  const dataDir = folder();
  const killed = new Child(`${open(dataDir, '{}')}
    await platform.log.createTopics([${JSON.stringify(topic)}]);
    await platform.database.query('create table note (id bigint)');
    for (let i = 0; i < 50; i++) {
      await platform.log.append('raw', [{ key: 'k' + i, value: 'x' }]);
      await platform.database.transaction((sql) => sql.query('insert into note values ($1)', [i]));
    }
    console.log('acknowledged');
    await platform.database.transaction(async (sql) => {
      await sql.query('insert into note values (-1)');
      console.log('unfinished');
      await wait();
    });`);
  await killed.says('unfinished');
  await killed.kill();
  expect(readHolder(dataDir)?.pid).toBe(killed.process.pid);
  const next = await openPlatform(platformConfig(dataDir));
  expect(next.shared).toBe(false);
  expect((await next.log.positions('raw')).reduce((sum, p) => sum + p.end, 0)).toBe(50);
  expect(await next.database.query('select count(*) as n, min(id) as least from note')).toEqual([{ n: 50, least: 0 }]);
  await next.close();
});

it('waits for a process that only reads, and lets in a reader while it starts', async () => {
  const dataDir = folder();
  const [reader, writer] = await Promise.all([
    openPlatform(platformConfig(dataDir), { readOnly: true }).then(async (platform) => {
      const rows = await platform.database.query('select 1 as n');
      await platform.close();
      return rows;
    }),
    openPlatform(platformConfig(dataDir)),
  ]);
  expect(reader).toEqual([{ n: 1 }]);
  await writer.close();
});

it('puts the socket elsewhere when the path is too long for one', async () => {
  const dataDir = join(folder(), 'x'.repeat(100));
  mkdirSync(dataDir);
  const owner = await openPlatform(platformConfig(dataDir));
  const socket = readHolder(dataDir)?.socket as string;
  expect(socket.startsWith(dataDir)).toBe(false);
  const client = await openPlatform(platformConfig(dataDir), { access: 'share' });
  expect(client.shared).toBe(true);
  expect(await client.database.query('select 1 as n')).toEqual([{ n: 1 }]);
  await client.close();
  await owner.close();
  expect(existsSync(socket)).toBe(false);
});

it('holds no data directory when log and database are servers, and says which of them is away', async () => {
  const dataDir = folder();
  const config = platformConfig(dataDir);
  config.assay.platform = {
    ...config.assay.platform,
    databaseUrl: 'postgres://someone:secret@127.0.0.1:1/x',
    kafkaBrokers: ['127.0.0.1:1'],
  };
  const error = await openPlatform(config).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  expect(String(error)).toMatch(/postgres/);
  expect(String(error)).not.toContain('secret');
  expect(existsSync(join(dataDir, 'assay.lock'))).toBe(false);
});
