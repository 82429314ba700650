import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { avroName } from '../../../src/harmonize/contracts/avro-name.js';
import {
  contractSchema,
  contractSubject,
  registerContracts,
  type VersionedContract,
} from '../../../src/harmonize/contracts/index.js';
import type { Database } from '../../../src/platform/database/port.js';
import { openDatabaseRegistry, parseSchema, type SchemaRegistry } from '../../../src/platform/registry/index.js';
import { openStore } from '../../support/store.js';

type Fields = VersionedContract['fields'];
type Type = Fields[string]['type'];

const field = (type: Type, required = false) => ({ type, required });
let number = 0;
const fresh = () => `shop_${++number}`;
const contract = (
  name: string,
  fields: Fields,
  compatibility: VersionedContract['compatibility'] = 'backward',
): VersionedContract => ({ name, fields, compatibility, file: `contracts/${name}.yaml` });
const only = (one: VersionedContract) => new Map([[one.name, one]]);

describe('names', () => {
  it.each([
    ['price', 'price'],
    ['offer.price', 'offer__price'],
    ['g:id', 'g_x3a_id'],
    ['specs.*', 'specs___x2a_'],
    ['list_price', 'list_price'],
    ['_id', '_id'],
    ['list_xl', 'list_x5f_xl'],
    ['2nd', '_x32_nd'],
    ['größe', 'gr_xf6__xdf_e'],
  ])('%s is %s', (path, name) => {
    expect(avroName(path)).toBe(name);
  });

  it('are valid, and never the same for two paths', () => {
    const paths = fc.string({
      unit: fc.constantFrom('a', 'x', '3', 'f', '5', '_', '.', ':', 'ß'),
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(fc.uniqueArray(paths, { minLength: 20, maxLength: 60 }), (many) => {
        const names = many.map(avroName);
        expect(new Set(names).size).toBe(many.length);
        for (const name of names) expect(name).toMatch(/^[A-Za-z_]\w*$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the schema of a contract', () => {
  it('is Avro, whatever the order of the fields, and keeps their paths', () => {
    const fields: Fields = { 'offer.price': field('number'), id: field('string', true), all: field('any', true) };
    const { subject, schema } = contractSchema({ name: 'shop-1', fields });
    expect(subject).toBe('contract-shop-1');
    const backwards = Object.fromEntries(Object.entries(fields).reverse());
    expect(contractSchema({ name: 'shop-1', fields: backwards }).schema).toBe(schema);
    expect(parseSchema(schema).type).toMatchObject({ kind: 'record', name: 'assay.contract.shop_x2d_1' });
    expect(JSON.parse(schema).fields).toEqual([
      { name: 'all', type: expect.arrayContaining(['boolean', 'double', 'string']) },
      { name: 'id', type: 'string' },
      { name: 'offer__price', path: 'offer.price', type: ['null', 'double'], default: null },
    ]);
  });

  it('is valid for every contract', () => {
    const types = fc.constantFrom<Type>('string', 'number', 'boolean', 'array', 'object', 'any');
    const fields = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 9 }),
      fc.record({ type: types, required: fc.boolean() }),
    );
    fc.assert(
      fc.property(fields, (of) => {
        expect(() => parseSchema(contractSchema({ name: 'c', fields: of }).schema)).not.toThrow();
      }),
    );
  });
});

describe('registering contracts', () => {
  let database: Database;
  let registry: SchemaRegistry;
  beforeAll(async () => {
    database = await openStore();
    registry = openDatabaseRegistry(database);
  });
  afterAll(() => database.close());

  /** Registers one after the other; the last one's version, or why it was refused. */
  async function outcome(...versions: [Fields, VersionedContract['compatibility']?][]): Promise<number | string> {
    const name = fresh();
    let last: number | string = 0;
    for (const [fields, compatibility] of versions) {
      const one = contract(name, fields, compatibility);
      last = await registerContracts(only(one), registry).then(
        (found) => found.get(name)!.version,
        (error: Error & { code: string }) => {
          expect(error.code).toBe('SCHEMA_INCOMPATIBLE');
          return error.message.replaceAll(name, 'shop');
        },
      );
    }
    return last;
  }

  const BASE: Fields = { id: field('string', true), price: field('number'), 'brand.name': field('string') };
  const accepted: [string, Fields][] = [
    ['a field more', { ...BASE, colour: field('string') }],
    ['a field fewer', { id: BASE.id!, price: BASE.price! }],
    ['a required field fewer', { price: BASE.price! }],
    ['a requirement given up', { ...BASE, id: field('string') }],
    ['any in place of a type', { ...BASE, price: field('any'), id: field('any', true) }],
  ];
  it.each(accepted)('takes %s as the next version', async (_name, fields) => {
    expect(await outcome([BASE], [fields])).toBe(2);
  });

  const refused: [string, Fields, string][] = [
    [
      'a required field more',
      { ...BASE, ean: field('string', true) },
      'contracts/shop.yaml: it does not read what was written with version 1: field "ean": it is required, and was not in the contract',
    ],
    [
      'a new requirement',
      { ...BASE, 'brand.name': field('string', true) },
      'field "brand.name": it was optional and is required now',
    ],
    ['another type', { ...BASE, price: field('string') }, 'field "price": none of null, string can read number'],
    ['another required type', { ...BASE, id: field('number', true) }, 'field "id": number cannot read string'],
    ['a type in place of any', { ...BASE, price: field('array') }, 'can read number'],
  ];
  it.each(refused)('refuses %s, naming file, field and reason', async (_name, fields, reason) => {
    expect(await outcome([BASE], [fields])).toContain(reason);
    expect(await outcome([BASE], [fields, 'none'])).toBe(2);
  });

  it('looks the other way for forward, and both ways for full', async () => {
    const less: Fields = { price: BASE.price! };
    const more: Fields = { ...BASE, ean: field('string', true) };
    expect(await outcome([BASE], [less, 'forward'])).toContain(
      'it is not readable with version 1: field "id": it is required',
    );
    expect(await outcome([BASE], [more, 'forward'])).toBe(2);
    expect(await outcome([BASE], [more, 'full'])).toContain('field "ean"');
    expect(await outcome([BASE], [less, 'full'])).toContain('field "id"');
    expect(await outcome([BASE], [{ ...BASE, colour: field('string') }, 'full'])).toBe(2);
  });

  it('repeats itself without a new version, also after a change of the level', async () => {
    expect(await outcome([BASE], [BASE], [BASE, 'full'])).toBe(1);
  });

  it('tells of every contract that is refused, and registers the others', async () => {
    const [first, second, third] = [fresh(), fresh(), fresh()];
    await registerContracts(new Map([first, second].map((name) => [name, contract(name, BASE)])), registry);
    const changed = new Map(
      [first, second, third].map((name) => [name, contract(name, { ...BASE, ean: field('string', true) })]),
    );
    const error = await registerContracts(changed, registry).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
    expect((error as Error).message.split('\n').map((line) => line.split(':')[0])).toEqual([
      `contracts/${first}.yaml`,
      `contracts/${second}.yaml`,
      expect.stringContaining('compatibility'),
    ]);
    expect(await registry.versions(contractSubject(third))).toHaveLength(1);
  });

  it('gives several processes that start at once the same versions', async () => {
    const name = fresh();
    const found = await Promise.all([1, 2, 3, 4].map(() => registerContracts(only(contract(name, BASE)), registry)));
    expect(new Set(found.map((versions) => JSON.stringify([...versions]))).size).toBe(1);
  });
});
