import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssayError } from '../../../src/errors.js';
import { parseSchema } from '../../../src/platform/registry/parse-schema.js';
import { type Json, schemas } from './schemas.js';

const canonical = (json: unknown) => parseSchema(JSON.stringify(json)).canonical;
const record = (fields: unknown, rest: object = {}) => ({ type: 'record', name: 'R', fields, ...rest });
const enumOf = (symbols: unknown, rest: object = {}) => ({ type: 'enum', name: 'E', symbols, ...rest });

describe('schemas that are none', () => {
  it.each<[unknown, RegExp]>([
    [null, /the schema: null is no type/],
    [7, /7 is no type/],
    [{}, /is no type/],
    ['int4', /there is no type "int4"/],
    [{ type: 'vector' }, /no type "vector"/],
    [[], /a union needs a branch/],
    [['int', ['string']], /another union/],
    [['int', { type: 'int' }], /int twice/],
    [
      [
        { type: 'map', values: 'int' },
        { type: 'map', values: 'long' },
      ],
      /map twice/,
    ],
    [{ type: 'array' }, /\[\]: nothing is no type/],
    [record(7), /R has no list of fields/],
    [record([7]), /7 is no field/],
    [record([{ name: '1a', type: 'int' }]), /"1a" is no field name/],
    [record([{ name: 'a' }]), /^a: nothing is no type/],
    [
      record([
        { name: 'a', type: 'int' },
        { name: 'a', type: 'int' },
      ]),
      /"a" is twice/,
    ],
    [record([{ name: 'a', type: 'Q' }]), /^a: there is no type "Q"/],
    [record([{ name: 'a', type: 'int', aliases: 'b' }]), /no list of names/],
    [record([], { name: 'a..b' }), /no name/],
    [record([], { name: 'int' }), /primitive/],
    [record([], { namespace: '9.x y' }), /no namespace/],
    [record([{ name: 'a', type: record([]) }]), /two types "R"/],
    [enumOf([]), /no symbols/],
    [enumOf(['A', 'A']), /a symbol twice/],
    [enumOf(['a b']), /no name/],
    [enumOf(['A'], { default: 'B' }), /"B" is no symbol/],
    [{ type: 'fixed', name: 'F', size: -1 }, /no size/],
    [record([{ name: 'a', type: 'int', default: 1.5 }]), /^a: the default 1.5 is no int/],
    [record([{ name: 'a', type: 'int', default: 2 ** 31 }]), /is no int/],
    [record([{ name: 'a', type: ['null', 'int'], default: 1 }]), /the default 1 is no union/],
    [record([{ name: 'a', type: 'bytes', default: 'ā' }]), /is no bytes/],
    [record([{ name: 'a', type: record([{ name: 'b', type: 'int' }], { name: 'S' }), default: {} }]), /is no record S/],
  ])('%j', (json, message) => {
    expect(() => parseSchema(JSON.stringify(json))).toThrow(message);
  });

  it.each([
    ['not JSON', '{', /not JSON/],
    ['a half surrogate pair', '{"type": "string", "doc": "\ud800"}', /surrogate/],
    ['nested without end', `${'{"type":"array","items":'.repeat(3000)}"int"${'}'.repeat(3000)}`, /deeper than 64/],
  ])('%s', (_name, text, message) => {
    expect(() => parseSchema(text)).toThrow(message);
  });
});

describe('the canonical form', () => {
  it.each<[string, unknown, unknown]>([
    ['a type in an object', 'int', { type: 'int' }],
    ['docs', record([{ name: 'a', type: 'int' }]), record([{ name: 'a', type: 'int', doc: 'x' }], { doc: 'y' })],
    ['a namespace', record([], { name: 'a.b.R' }), record([], { namespace: 'a.b' })],
    [
      'a reference inside a namespace',
      record(
        [
          { name: 'x', type: record([], { name: 'S' }) },
          { name: 'y', type: 'S' },
        ],
        { namespace: 'n' },
      ),
      record(
        [
          { name: 'x', type: record([], { name: 'S' }) },
          { name: 'y', type: 'n.S' },
        ],
        { name: 'n.R' },
      ),
    ],
    ['aliases', record([], { name: 'n.R', aliases: ['Old'] }), record([], { name: 'n.R', aliases: ['n.Old'] })],
  ])('is blind to %s', (_name, one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each<[string, unknown, unknown]>([
    ['types', 'int', 'long'],
    ['the order of branches', ['null', 'int'], ['int', 'null']],
    ['namespaces', record([], { namespace: 'a' }), record([], { namespace: 'b' })],
    ['defaults', record([{ name: 'a', type: 'int' }]), record([{ name: 'a', type: 'int', default: 0 }])],
    ['other defaults', enumOf(['A', 'B'], { default: 'A' }), enumOf(['A', 'B'], { default: 'B' })],
    [
      'the order of fields',
      record([
        { name: 'a', type: 'int' },
        { name: 'b', type: 'int' },
      ]),
      record([
        { name: 'b', type: 'int' },
        { name: 'a', type: 'int' },
      ]),
    ],
    ['logical types', 'int', { type: 'int', logicalType: 'date' }],
    ['aliases', record([]), record([], { aliases: ['Old'] })],
  ])('sees %s', (_name, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});

it('takes what avsc takes', () => {
  fc.assert(
    fc.property(schemas, (json: Json) => {
      avro.Type.forSchema(structuredClone(json) as unknown as avro.Type, { wrapUnions: 'always' });
      const { canonical: once } = parseSchema(JSON.stringify(json));
      expect(parseSchema(once).canonical).toBe(once);
    }),
    { numRuns: 500 },
  );
});

it('says what is wrong with a code of the table', () => {
  expect(() => parseSchema('"x"')).toThrow(AssayError);
});
