import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabaseRegistry } from '../../../src/platform/registry/index.js';
import { openStore } from '../../support/store.js';
import { openApp, type TestApp } from '../open.js';

let store: TestApp;
let end: () => Promise<void>;
beforeAll(async () => {
  const database = await openStore();
  store = await openApp({ registry: openDatabaseRegistry(database) });
  end = async () => {
    await store.close();
    await database.close();
  };
});
afterAll(() => end());

const OWN = 'application/vnd.schemaregistry.v1+json';
const record = (...fields: unknown[]) => JSON.stringify({ type: 'record', name: 'Thing', fields });
const ID = { name: 'id', type: 'long' };

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  type = OWN,
): Promise<[number, unknown]> {
  const answer = await store.app.inject({
    method,
    url: `/registry${path}`,
    ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': type } }),
  });
  expect(answer.headers['content-type'], path).toBe(OWN);
  return [answer.statusCode, answer.json()];
}

describe('the schema registry over HTTP', () => {
  it('answers as clients expect', async () => {
    const schema = record(ID);
    expect(await ask('GET', '/')).toEqual([200, {}]);
    expect(await ask('GET', '/subjects')).toEqual([200, []]);
    expect(await ask('POST', '/subjects/things-value/versions', { schema })).toEqual([200, { id: 1 }]);
    expect(
      await ask('POST', '/subjects/things-value/versions', { schema, schemaType: 'AVRO', references: [] }),
    ).toEqual([200, { id: 1 }]);
    const version = { subject: 'things-value', version: 1, id: 1, schema };
    expect(await ask('POST', '/subjects/things-value', { schema }, 'application/json')).toEqual([200, version]);
    expect(await ask('GET', '/subjects')).toEqual([200, ['things-value']]);
    expect(await ask('GET', '/subjects?subjectPrefix=x')).toEqual([200, []]);
    expect(await ask('GET', '/subjects/things-value/versions')).toEqual([200, [1]]);
    for (const at of ['1', 'latest', '-1'])
      expect(await ask('GET', `/subjects/things-value/versions/${at}`)).toEqual([200, version]);
    expect(await ask('GET', '/subjects/things-value/versions/1/schema')).toEqual([200, JSON.parse(schema)]);
    expect(await ask('GET', '/schemas/ids/1')).toEqual([200, { schema }]);
    expect(await ask('GET', '/schemas/ids/1/schema')).toEqual([200, JSON.parse(schema)]);
    expect(await ask('GET', '/schemas/ids/1/subjects')).toEqual([200, ['things-value']]);
    expect(await ask('GET', '/schemas/ids/1/versions')).toEqual([200, [{ subject: 'things-value', version: 1 }]]);
    expect(await ask('GET', '/schemas/types')).toEqual([200, ['AVRO']]);
    expect(await ask('GET', '/mode')).toEqual([200, { mode: 'READWRITE' }]);
  });

  it('checks compatibility without registering', async () => {
    const path = '/compatibility/subjects/checked-value/versions';
    expect(await ask('POST', path, { schema: record(ID) })).toEqual([200, { is_compatible: true }]);
    await ask('POST', '/subjects/checked-value/versions', { schema: record(ID) });
    const schema = record(ID, { name: 'more', type: 'int' });
    expect(await ask('POST', path, { schema })).toEqual([200, { is_compatible: false }]);
    expect(await ask('POST', `${path}/latest?verbose=true`, { schema })).toEqual([
      200,
      { is_compatible: false, messages: [expect.stringContaining('field "more": it has no default')] },
    ]);
    expect(await ask('PUT', '/config/checked-value', { compatibility: 'forward' })).toEqual([
      200,
      { compatibility: 'FORWARD' },
    ]);
    expect(await ask('POST', `${path}/1`, { schema })).toEqual([200, { is_compatible: true }]);
    expect(await ask('GET', '/subjects/checked-value/versions')).toEqual([200, [1]]);
  });

  it('keeps levels', async () => {
    expect(await ask('GET', '/config')).toEqual([200, { compatibilityLevel: 'BACKWARD' }]);
    expect(await ask('PUT', '/config', { compatibility: 'FULL_TRANSITIVE' })).toEqual([
      200,
      { compatibility: 'FULL_TRANSITIVE' },
    ]);
    expect(await ask('GET', '/config/level-value?defaultToGlobal=true')).toEqual([
      200,
      { compatibilityLevel: 'FULL_TRANSITIVE' },
    ]);
    await ask('PUT', '/config', { compatibility: 'BACKWARD' });
  });

  it.each<['GET' | 'POST' | 'PUT' | 'DELETE', string, unknown, number, number]>([
    ['GET', '/subjects/none/versions', undefined, 404, 40401],
    ['GET', '/subjects/none/versions/1', undefined, 404, 40401],
    ['POST', '/subjects/none', { schema: '"int"' }, 404, 40401],
    ['GET', '/subjects/things-value/versions/9', undefined, 404, 40402],
    ['GET', '/subjects/things-value/versions/new', undefined, 422, 42202],
    ['GET', '/subjects/things-value/versions/0', undefined, 422, 42202],
    ['GET', '/schemas/ids/999', undefined, 404, 40403],
    ['GET', '/schemas/ids/9999999999', undefined, 404, 40403],
    ['GET', '/schemas/ids/one', undefined, 404, 404],
    ['POST', '/subjects/things-value', { schema: '"int"' }, 404, 40403],
    ['GET', '/config/things-value', undefined, 404, 40408],
    ['POST', '/subjects/x/versions', { schema: '{"type":"record"}' }, 422, 42201],
    ['POST', '/subjects/x/versions', { schema: { type: 'int' } }, 422, 42201],
    ['POST', '/subjects/x/versions', { schema: 'syntax = "proto3"', schemaType: 'PROTOBUF' }, 422, 42201],
    ['POST', '/subjects/x/versions', { schema: '"int"', references: [{ name: 'a' }] }, 422, 42201],
    ['POST', '/subjects/x/versions', [], 422, 42201],
    ['PUT', '/config', { compatibility: 'SOMETIMES' }, 422, 42203],
    ['PUT', '/config/x', {}, 422, 42203],
    ['POST', '/subjects/things-value/versions', { schema: '"int"' }, 409, 409],
    ['DELETE', '/subjects/things-value', undefined, 405, 405],
    ['DELETE', '/subjects/things-value/versions/1', undefined, 405, 405],
    ['GET', '/nowhere', undefined, 404, 404],
  ])('%s %s %j is refused with %i, %i', async (method, path, body, status, code) => {
    expect(await ask(method, path, body)).toEqual([status, { error_code: code, message: expect.any(String) }]);
  });

  it.each([
    ['half a body', '{"schema":', OWN, 400],
    ['a form', 'schema=int', 'application/x-www-form-urlencoded', 415],
    ['a megabyte', JSON.stringify({ schema: 'x'.repeat(1_100_000) }), OWN, 413],
  ])('%s is refused', async (_name, payload, type, status) => {
    const answer = await store.app.inject({
      method: 'POST',
      url: '/registry/subjects/x/versions',
      payload,
      headers: { 'content-type': type },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error_code: status });
  });

  it('leaves the rest of the API and its documentation as they are', async () => {
    expect((await store.app.inject('/v1/products/nope')).headers['content-type']).toMatch('application/problem+json');
    const { paths } = (await store.app.inject('/docs/json')).json() as { paths: object };
    expect(Object.keys(paths).filter((path) => path.startsWith('/registry'))).toEqual([]);
  });

  it('says nothing of what went wrong inside', async () => {
    const failing = await openApp({
      registry: {
        ...openDatabaseRegistry(store.database),
        subjects: () => Promise.reject(new Error('secret')),
      },
    });
    const answer = await failing.app.inject('/registry/subjects');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(failing.log.join('')).toContain('secret');
    await failing.close();
  });

  it('is not there without a registry', async () => {
    const plain = await openApp();
    expect((await plain.app.inject('/registry/subjects')).statusCode).toBe(404);
    await plain.close();
  });
});
