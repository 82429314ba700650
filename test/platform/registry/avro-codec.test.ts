import avro from 'avsc';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openEmbeddedDatabase, runMigrations } from '../../../src/platform/database/index.js';
import { avroCodec, openDatabaseRegistry, type SchemaRegistry } from '../../../src/platform/registry/index.js';
import { keyText } from '../../../src/records.js';

let database: Database;
let registry: SchemaRegistry;
beforeAll(async () => {
  database = await openEmbeddedDatabase(':memory:');
  await runMigrations(database);
  registry = openDatabaseRegistry(database);
});
afterAll(() => database.close());

const KEY = keyText('shop', '7');
const HEADERS = { contract: 'products_v1', 'contract-version': '3', mapping: 'abc' };

/** What a consumer sees who knows nothing but the registry. */
async function seenOutside(bytes: Buffer): Promise<Record<string, unknown>> {
  expect(bytes[0]).toBe(0);
  const schema = await registry.byId(bytes.readInt32BE(1));
  return { ...avro.Type.forSchema(JSON.parse(schema!)).fromBuffer(bytes.subarray(5)) };
}

describe('the Avro codec', () => {
  it.each([
    ['raw', { source: 'shop', sourceId: '7', contract: 'products_v1', contractVersion: 3 }],
    ['canonical', { source: 'shop', sourceId: '7', contract: 'products_v1', contractVersion: 3, mapping: 'abc' }],
    ['dead-letter', { source: 'shop', sourceId: '7', contract: 'products_v1', contractVersion: 3, mapping: 'abc' }],
    ['golden', { goldenId: KEY }],
    ['another', { contract: 'products_v1', contractVersion: 3 }],
  ])('writes %s as an envelope that anyone with the registry can read', async (topic, fields) => {
    const codec = avroCodec(registry);
    const value = '{"b": 1,  "a": "é😀"}';
    const bytes = await codec.encode(topic, { key: KEY, value, headers: HEADERS });
    expect(await seenOutside(bytes)).toEqual({ ...fields, contentType: 'JSON', content: value });
    expect(await avroCodec(registry).decode(topic, bytes)).toBe(value);
    const [version] = await registry.versions(`${topic}-value`);
    expect(bytes.readInt32BE(1)).toBe(version!.id);
  });

  it('says that a contract is unknown when the producer did not tell it', async () => {
    const bytes = await avroCodec(registry).encode('raw', { key: 'odd', value: '1' });
    expect(await seenOutside(bytes)).toMatchObject({ source: '', sourceId: 'odd', contract: '', contractVersion: 0 });
  });

  it('gives every text back as it was', async () => {
    const codec = avroCodec(registry);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (value) => {
        expect(await codec.decode('raw', await codec.encode('raw', { key: KEY, value }))).toBe(value);
      }),
    );
    const long = JSON.stringify({ text: 'ß漢😀\u0000'.repeat(200_000) });
    expect(await codec.decode('raw', await codec.encode('raw', { key: KEY, value: long }))).toBe(long);
  });

  it('refuses text that UTF-8 cannot hold', async () => {
    const codec = avroCodec(registry);
    await codec.encode('raw', { key: KEY, value: '' });
    expect(() => codec.encode('raw', { key: KEY, value: 'a\ud800' })).toThrow(/half a surrogate pair/);
  });

  it('asks the registry once a topic and once an id', async () => {
    let asked = 0;
    const counting: SchemaRegistry = {
      ...registry,
      register: (subject, schema) => {
        asked++;
        return registry.register(subject, schema);
      },
      byId: (id) => {
        asked++;
        return registry.byId(id);
      },
    };
    const codec = avroCodec(counting);
    const message = { key: KEY, value: 'x' };
    const [bytes] = await Promise.all([1, 2, 3].map(() => codec.encode('raw', message)));
    await Promise.all([1, 2, 3].map(() => codec.decode('raw', bytes!)));
    expect(asked).toBe(2);
    expect(codec.encode('raw', message)).toBeInstanceOf(Buffer);
    expect(codec.decode('raw', bytes!)).toBe('x');
    expect(asked).toBe(2);
  });

  it('asks again after the registry was away', async () => {
    let away = true;
    const codec = avroCodec({
      ...registry,
      register: async (subject, schema) => {
        if (away) throw new Error('away');
        return registry.register(subject, schema);
      },
    });
    await expect(codec.encode('raw', { key: KEY, value: 'x' })).rejects.toThrow('away');
    away = false;
    expect(await codec.encode('raw', { key: KEY, value: 'x' })).toBeInstanceOf(Buffer);
  });

  it('reads envelopes of later versions, with fields it does not know', async () => {
    const now = JSON.parse((await registry.versions('raw-value'))[0]!.schema);
    const later = { ...now, fields: [{ name: 'region', type: 'string', default: '' }, ...now.fields] };
    const { id, version } = await registry.register('raw-value', JSON.stringify(later));
    expect(version).toBe(2);
    const body = avro.Type.forSchema(later).toBuffer({
      region: 'north',
      source: 's',
      sourceId: 'i',
      contract: '',
      contractVersion: 0,
      contentType: 'JSON',
      content: 'the text',
    });
    const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, id]), body]);
    expect(await avroCodec(registry).decode('raw', bytes)).toBe('the text');
  });

  it('will not write where the registry holds another envelope', async () => {
    const other = { type: 'record', name: 'Other', fields: [{ name: 'x', type: 'int' }] };
    await registry.register('taken-value', JSON.stringify(other));
    await expect(avroCodec(registry).encode('taken', { key: KEY, value: 'x' })).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
    });
  });
});

describe('bytes that are no message', () => {
  const cases: [string, (good: Buffer) => Buffer, RegExp][] = [
    ['none', () => Buffer.alloc(0), /0 bytes/],
    ['a cut-off head', (good) => good.subarray(0, 4), /4 bytes/],
    ['JSON', () => Buffer.from('{"source":"shop"}'), /first byte is 123/],
    ['an unknown schema', (good) => Buffer.concat([Buffer.from([0, 0, 1, 2, 3]), good.subarray(5)]), /no schema 66051/],
    ['a cut-off body', (good) => good.subarray(0, good.length - 3), /schema \d+, \d+ bytes: truncated/],
    ['a cut-off body without content', (good) => good.subarray(0, 8), /schema \d+, 8 bytes: truncated/],
    ['bytes after the end', (good) => Buffer.concat([good, Buffer.from([1])]), /trailing/],
    ['a wild length', (good) => Buffer.concat([good.subarray(0, 5), Buffer.alloc(9, 255)]), /schema \d+/],
  ];
  it.each(cases)('%s: refused, with what was found', async (_name, spoil, reason) => {
    const codec = avroCodec(registry);
    const good = await codec.encode('raw', { key: KEY, value: '{"source":"shop"}', headers: HEADERS });
    const error = await Promise.resolve()
      .then(() => codec.decode('raw', spoil(Buffer.from(good))))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SCHEMA_INVALID', message: expect.stringMatching(reason) });
  });

  it('a schema that is no envelope', async () => {
    const { id } = await registry.register('number-value', '"int"');
    await expect(avroCodec(registry).decode('raw', Buffer.from([0, 0, 0, 0, id, 2]))).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
      message: expect.stringContaining('is no envelope'),
    });
  });
});
