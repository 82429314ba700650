import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/platform/database/index.js';
import { openDatabaseRegistry, openHttpRegistry } from '../../../src/platform/registry/index.js';
import { registryApi } from '../../../src/serve/registry/index.js';
import { openStore } from '../../support/store.js';

let database: Database;
let app: FastifyInstance;
let port: number;
/** Every request that came, with its login. */
let seen: { url: string; login: string | undefined }[] = [];
let login: string | undefined;
beforeAll(async () => {
  database = await openStore();
  app = Fastify();
  app.addHook('onRequest', async (request, reply) => {
    seen.push({ url: request.url, login: request.headers.authorization });
    if (login !== undefined && request.headers.authorization !== login)
      await reply.code(401).send({ error_code: 401, message: 'Unauthorized' });
  });
  await app.register(registryApi, { registry: openDatabaseRegistry(database) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await database.close();
});
beforeEach(() => {
  seen = [];
  login = undefined;
});

const SCHEMA = '{"type":"record","name":"Thing","fields":[{"name":"id","type":"long"}]}';

describe('the registry client', () => {
  it('asks once for what never changes', async () => {
    const registry = openHttpRegistry({ url: `http://127.0.0.1:${port}` });
    const { id } = await registry.register('things-value', SCHEMA);
    await registry.versions('things-value');
    await registry.byId(id);
    const before = seen.length;
    await registry.byId(id);
    expect(seen.length).toBe(before);
    await registry.versions('things-value');
    expect(seen.slice(before).map(({ url }) => url)).toEqual(['/subjects/things-value/versions']);
  });

  it('does not remember that an id was missing', async () => {
    const registry = openHttpRegistry({ url: `http://127.0.0.1:${port}` });
    const other = openHttpRegistry({ url: `http://127.0.0.1:${port}` });
    const { id } = await registry.register('first-value', '"int"');
    expect(await other.byId(id + 1)).toBeUndefined();
    await registry.register('next-value', '"long"');
    expect(await other.byId(id + 1)).toBe('"long"');
  });

  it('logs in with what stands in the address', async () => {
    login = `Basic ${Buffer.from('user name:p@ss:word').toString('base64')}`;
    const registry = openHttpRegistry({ url: `http://user%20name:p%40ss%3Aword@127.0.0.1:${port}/` });
    expect(await registry.subjects()).toBeInstanceOf(Array);
  });

  it('logs in with a token', async () => {
    login = 'Bearer abc';
    expect(await openHttpRegistry({ url: `http://127.0.0.1:${port}`, token: 'abc' }).compatibility(null)).toMatchObject(
      { level: 'BACKWARD' },
    );
  });

  it('says that a login is refused, and not which', async () => {
    login = 'Bearer other';
    const registry = openHttpRegistry({ url: `http://user:hidden@127.0.0.1:${port}` });
    const error = await registry.subjects().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'PLATFORM_INVALID', message: expect.stringContaining('refuses the login') });
    expect((error as Error).message).not.toContain('hidden');
    expect(registry.guards()[0]).toMatchObject({ name: 'registry', failures: 0 });
  });

  it('says that something else answers', async () => {
    const other = createServer((request, answer) => {
      if (request.url === '/subjects') answer.end('<html>');
      else if (request.url?.startsWith('/schemas') === true) answer.writeHead(302, { location: '/' }).end();
      else answer.writeHead(400).end('{"error":"what?"}');
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const registry = openHttpRegistry({ url: `http://127.0.0.1:${(other.address() as AddressInfo).port}` });
    for (const asked of [registry.subjects(), registry.byId(1), registry.versions('x')])
      await expect(asked).rejects.toMatchObject({ code: 'PLATFORM_INVALID' });
    other.closeAllConnections();
    await new Promise((done) => other.close(done));
  });

  it('opens and says that the registry is away, once in the log and in its guard', async () => {
    const unused = createServer();
    await new Promise<void>((done) => unused.listen(0, '127.0.0.1', done));
    const { port: free } = unused.address() as AddressInfo;
    await new Promise((done) => unused.close(done));
    const lines: string[] = [];
    const registry = openHttpRegistry({
      url: `http://user:hidden@127.0.0.1:${free}`,
      logger: { warn: (details, message) => lines.push(`${message} ${JSON.stringify(details)}`) },
    });
    for (let time = 0; time < 2; time++)
      await expect(registry.subjects()).rejects.toMatchObject({
        code: 'PLATFORM_UNAVAILABLE',
        message: expect.stringContaining('registry does not answer'),
      });
    expect(lines).toEqual([expect.stringContaining('the schema registry does not answer')]);
    expect(lines.join()).not.toContain('hidden');
    expect(registry.guards()[0]!.failures).toBeGreaterThan(1);
  });
});
