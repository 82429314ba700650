/** `assay doctor` as a user meets it: what it says of servers that are well, and of each that is set up wrongly. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctorText } from '../../src/cli/doctor.js';
import { main } from '../../src/cli/main.js';
import type { ServerFinding } from '../../src/platform/index.js';
import { openDatabaseRegistry } from '../../src/platform/registry/index.js';
import { registryApi } from '../../src/serve/registry/index.js';
import { CONTRACT, configFolder, SOURCE } from '../config/folder.js';
import { asSuperuser, changed, freshRole } from '../platform/database/server/support.js';
import { type Place, place } from '../platform/search/elasticsearch/support.js';
import { withAdmin } from '../support/kafka.js';
import { type AwkwardBroker, awkwardBroker } from '../support/kafka-broker.js';
import { assay } from '../support/process.js';
import { type OwnServers, ownServers } from '../support/server-control.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { openStore } from '../support/store.js';

let world: ServerWorld;
beforeAll(async () => {
  world = await serverWorld('data');
});
afterAll(() => world.destroy());

const folder = () =>
  configFolder({ 'assay.yaml': '{}\n', 'sources/shop.yaml': SOURCE, 'contracts/shop.yaml': CONTRACT });

interface Told {
  code: number;
  /** As it stands on the terminal. */
  text: string;
  findings: ServerFinding[];
}

async function doctor(env: Record<string, string>): Promise<Told> {
  const { code, out } = await run(env, '--json', 'doctor');
  const { findings } = JSON.parse(out) as { findings: ServerFinding[] };
  return { code, text: doctorText(findings), findings };
}

async function run(env: Record<string, string>, ...argv: string[]): Promise<{ code: number; out: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const signal = new AbortController().signal;
  const config = folder();
  const code = await main(['--config', config, ...argv], { stdout, stderr, env, cwd: config, signal });
  return { code, out: String(stdout.read() ?? '') };
}

/** The one finding that is not ok, shown with its cure. */
async function only(env: Record<string, string>, state: 'wrong' | 'warning' = 'wrong'): Promise<ServerFinding> {
  const { code, text, findings } = await doctor(env);
  expect(code, text).toBe(state === 'wrong' ? 1 : 0);
  const amiss = findings.filter((finding) => finding.state === state && finding.check !== 'kafka replication');
  expect(amiss.map(({ check }) => check)).toHaveLength(1);
  const [finding] = amiss as [ServerFinding];
  expect(finding.advice).toBeTruthy();
  expect(text).toContain(`${state.padEnd(8)} ${finding.check}`);
  expect(text).toContain(finding.advice);
  return finding;
}

/** A directory of its own, and one server. */
const with1 = (name: string, address: string): Record<string, string> => ({
  ASSAY_DATA_DIR: world.env.ASSAY_DATA_DIR as string,
  ASSAY_NAMESPACE: world.env.ASSAY_NAMESPACE as string,
  [name]: address,
});

describe('servers that are well', () => {
  it('are each named, and the exit code is 0', async () => {
    const { code, out: text } = await run(world.env, 'doctor');
    expect(code, text).toBe(0);
    const { findings } = await doctor(world.env);
    expect(findings.filter(({ state }) => state === 'wrong')).toEqual([]);
    for (const server of ['postgres', 'kafka', 'redis', 'elasticsearch'])
      expect(text).toMatch(new RegExp(`^ok +${server} address `, 'm'));
    expect(findings.find(({ check }) => check === 'kafka topics')?.message).toContain('4 topics are not there yet');
    expect(await withAdmin((admin) => admin.listTopics())).not.toContainEqual(
      expect.stringContaining(world.env.ASSAY_NAMESPACE as string),
    );
  });

  it('are told that a process has another clock', async () => {
    const ahead = 'const now = Date.now; Date.now = () => now() + 3600000;';
    const { code, stdout } = await assay(['doctor', '--json', '--config', folder()], {
      env: { ...world.env, NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(ahead)}"` },
    });
    const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: ServerFinding[] };
    expect({ code, healthy }).toEqual({ code: 0, healthy: true });
    const clocks = findings.filter(({ check }) => check.endsWith(' clock'));
    expect(clocks.map(({ check, state }) => `${check}: ${state}`).sort()).toEqual([
      'elasticsearch clock: warning',
      'kafka clock: warning',
      'postgres clock: warning',
      'redis clock: warning',
    ]);
    for (const { message, advice } of clocks) expect(`${message} ${advice}`).toMatch(/3600(\.\d)? s behind.*NTP/);
  });
});

describe('an address where nothing answers', () => {
  it.each([
    ['DATABASE_URL', 'postgres://assay:hush@127.0.0.1:1/assay', 'postgres address'],
    ['KAFKA_BROKERS', '127.0.0.1:1', 'kafka address'],
    ['REDIS_URL', 'redis://:hush@127.0.0.1:1', 'redis address'],
    ['ELASTICSEARCH_URL', 'http://assay:hush@127.0.0.1:1', 'elasticsearch address'],
    ['SCHEMA_REGISTRY_URL', 'http://assay:hush@127.0.0.1:2', 'registry address'],
  ])('is named with its variable %s, and no password is told', async (name, address, check) => {
    const found = await only(with1(name, address));
    expect(found).toMatchObject({ check, message: expect.stringMatching(/127\.0\.0\.1:[12]/) });
    expect(`${found.message} ${found.advice}`).not.toContain('hush');
    expect(found.advice).toContain(name);
  });

  it('does not keep the other servers from being looked at', async () => {
    const { code, findings } = await doctor({
      ...world.env,
      KAFKA_BROKERS: '127.0.0.1:1',
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    expect(code).toBe(1);
    expect(findings.filter(({ state }) => state === 'wrong').map(({ check }) => check)).toEqual([
      'kafka address',
      'redis address',
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'elasticsearch address', state: 'ok' }));
  });

  it('of another server is told apart', async () => {
    const other = new URL(world.env.ELASTICSEARCH_URL as string).host;
    expect(await only(with1('KAFKA_BROKERS', other))).toMatchObject({ message: expect.stringContaining('no Kafka') });
    expect(await only(with1('DATABASE_URL', `postgres://${other}/assay`))).toMatchObject({
      message: expect.stringContaining('no Postgres'),
    });
    expect(await only(with1('SCHEMA_REGISTRY_URL', world.env.ELASTICSEARCH_URL as string))).toMatchObject({
      check: 'registry product',
    });
  });
});

describe('Postgres', () => {
  const url = () => world.env.DATABASE_URL as string;

  it('without the database, or the role, is told how to make them', async () => {
    const database = await only(with1('DATABASE_URL', changed(url(), { database: 'nowhere_here' })));
    expect(database).toMatchObject({ check: 'postgres login', advice: expect.stringContaining('create database') });
    const role = await only(with1('DATABASE_URL', changed(url(), { user: 'nobody_here' })));
    expect(role).toMatchObject({ check: 'postgres login', message: expect.stringContaining('nobody_here') });
  });

  it('without pgvector and without rights is told what to run', async () => {
    const { role, drop } = await freshRole();
    const name = `${role}_empty`;
    await asSuperuser(`create database ${name}`);
    try {
      const { code, text, findings } = await doctor(
        with1('DATABASE_URL', changed(url(), { user: role, database: name })),
      );
      expect(code).toBe(1);
      expect(findings.filter(({ state }) => state === 'wrong').map(({ check }) => check)).toEqual([
        'postgres pg_trgm',
        'postgres vector',
        'postgres privileges',
      ]);
      expect(text).toContain('create extension vector');
      expect(text).toContain(`grant usage, create on schema public to ${role}`);
    } finally {
      await asSuperuser(`drop database ${name} with (force)`);
      await drop();
    }
  });

  it('with a pgvector that is too old is told to update it', async () => {
    const name = `${world.env.ASSAY_NAMESPACE}_old`;
    await asSuperuser(`create database ${name}`);
    const old = changed(url(), { database: name });
    try {
      await asSuperuser('create extension vector', old);
      await asSuperuser("update pg_extension set extversion = '0.7.4' where extname = 'vector'", old);
      expect(await only(with1('DATABASE_URL', old))).toMatchObject({
        check: 'postgres vector',
        advice: expect.stringContaining('alter extension vector update'),
      });
    } finally {
      await asSuperuser(`drop database ${name} with (force)`);
    }
  });
});

describe('Kafka', () => {
  let broker: AwkwardBroker;
  beforeAll(async () => {
    broker = await awkwardBroker();
  });
  afterAll(() => broker?.close());
  const as = (user: string, password: string) => ({
    ...with1('KAFKA_BROKERS', broker.login),
    KAFKA_SASL: 'plain',
    KAFKA_USERNAME: user,
    KAFKA_PASSWORD: password,
  });

  it('is well with the right login, and told where it is missing, refused, or without rights', async () => {
    expect((await doctor(as('assay', 'right'))).code).toBe(0);
    const missing = await only(with1('KAFKA_BROKERS', broker.login));
    expect(missing).toMatchObject({ check: 'kafka login', advice: expect.stringContaining('KAFKA_SASL') });
    const refused = await only(as('assay', 'gue$sed'));
    expect(refused).toMatchObject({ check: 'kafka login', message: expect.stringContaining('refused') });
    expect(JSON.stringify(refused)).not.toContain('gue$sed');
    expect(await only(as('weak', 'weak'))).toMatchObject({
      check: 'kafka rights',
      advice: expect.stringContaining('Grant'),
    });
  });

  it('is told of TLS that is on at one side only', async () => {
    expect((await only(with1('KAFKA_BROKERS', broker.tls))).advice).toContain('KAFKA_TLS=true');
    expect((await only({ ...with1('KAFKA_BROKERS', broker.open), KAFKA_TLS: 'true' })).advice).toContain(
      'KAFKA_TLS=false',
    );
  });

  it('with topics that are cut off by time is told that records would be lost', async () => {
    const namespace = world.env.ASSAY_NAMESPACE as string;
    const entry = { name: 'cleanup.policy', value: 'delete' };
    const topic = { topic: `${namespace}.raw`, numPartitions: 4, configEntries: [entry] };
    await withAdmin((admin) => admin.createTopics({ topics: [topic] }), broker.open);
    expect(await only(with1('KAFKA_BROKERS', broker.open))).toMatchObject({
      check: 'kafka topics',
      message: expect.stringContaining('cleanup.policy is delete and not compact'),
    });
  });
});

describe('Redis', () => {
  let own: OwnServers;
  let admin: Redis;
  beforeAll(async () => {
    own = await ownServers(['redis']);
    admin = new Redis(own.env.ASSAY_TEST_REDIS as string);
  });
  afterAll(async () => {
    admin?.disconnect();
    await own?.close();
  });
  const address = () => own.env.ASSAY_TEST_REDIS as string;

  it('that removes keys when it is full is told the setting', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await only(with1('REDIS_URL', address()), 'warning')).toMatchObject({ check: 'redis memory' });
    await admin.config('SET', 'maxmemory', '100mb');
    expect(await only(with1('REDIS_URL', address()))).toMatchObject({
      check: 'redis memory',
      advice: expect.stringContaining('noeviction'),
    });
    await admin.config('SET', 'maxmemory', '0');
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('that wants a password, or allows too little, is told', async () => {
    await admin.call('ACL', 'SETUSER', 'poor', 'on', '>hush', '~*', '+@read');
    const poor = await only(with1('REDIS_URL', address().replace('redis://', 'redis://poor:hush@')));
    expect(poor).toMatchObject({ check: 'redis rights', advice: expect.stringContaining('ACL SETUSER') });
    await admin.config('SET', 'requirepass', 'right');
    expect(await only(with1('REDIS_URL', address()))).toMatchObject({ check: 'redis login' });
  });
});

describe('Elasticsearch', () => {
  let here: Place;
  beforeAll(() => {
    here = place();
  });
  afterAll(() => here.clear());

  it('with an index that cannot be written is told how to take the block away', async () => {
    await here.open();
    const [index] = (await here.indices()) as [string];
    await here.client.indices.putSettings({ index, settings: { 'index.blocks.write': true } });
    const found = await only({ ...with1('ELASTICSEARCH_URL', here.url), ASSAY_NAMESPACE: here.namespace });
    expect(found).toMatchObject({
      check: 'elasticsearch writable',
      message: expect.stringContaining(index),
      advice: expect.stringContaining(`PUT ${index}/_settings {"index.blocks.write": null}`),
    });
    await here.client.indices.putSettings({ index, settings: { 'index.blocks.write': null } });
  });

  it('of an older version is told which to use', async () => {
    // An older server does not run here: this answers as one does.
    const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
    const old: Server = createServer((_request, response) =>
      response.writeHead(200, headers).end(JSON.stringify({ version: { number: '7.17.9' } })),
    );
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = old.address() as AddressInfo;
      expect(await only(with1('ELASTICSEARCH_URL', `http://127.0.0.1:${port}`))).toMatchObject({
        check: 'elasticsearch version',
        advice: 'Use Elasticsearch 8.',
      });
    } finally {
      old.closeAllConnections();
      await new Promise((resolve) => old.close(resolve));
    }
  });
});

describe('the schema registry', () => {
  it('is looked at where one is configured, and told its login', async () => {
    const database = await openStore('postgres');
    const app: FastifyInstance = Fastify();
    app.addHook('onRequest', async ({ headers }, reply) => {
      if (headers.authorization !== `Basic ${Buffer.from('assay:right').toString('base64')}`)
        await reply.code(401).send({ error_code: 401, message: 'Unauthorized' });
    });
    await app.register(registryApi, { registry: openDatabaseRegistry(database) });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      const at = (login: string) => with1('SCHEMA_REGISTRY_URL', address.replace('http://', `http://${login}@`));
      expect((await doctor(at('assay:right'))).text).toMatch(/^ok +registry address +a schema registry answers at/m);
      const refused = await only(at('assay:guessed'));
      expect(refused).toMatchObject({ check: 'registry login', message: expect.stringContaining('Unauthorized') });
      expect(JSON.stringify(refused)).not.toContain('guessed');
    } finally {
      await app.close();
      await database.close();
    }
  });
});
