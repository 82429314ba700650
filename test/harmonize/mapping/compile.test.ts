// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the mapping language.
// biome-ignore-all lint/suspicious/noThenProperty: conditions of the mapping language.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMapping } from '../../../src/harmonize/index.js';
import type { CanonicalProduct } from '../../../src/records.js';
import { anyText } from '../any-text.js';

/** The product of one record; fails the test when it is refused. */
function map(mapping: unknown, data: unknown, updatedAt = 0): CanonicalProduct & { notes: readonly string[] } {
  const result = compileMapping(mapping).map({ data, updatedAt });
  if ('error' in result) throw new Error(result.error.reason);
  return { ...result.product, notes: result.notes };
}

describe('paths', () => {
  test.each<[string, unknown, string]>([
    ['name', { name: 'Lamp' }, 'Lamp'],
    ['Product Name', { 'Product Name': 'Lamp' }, 'Lamp'],
    ['data.items[0].name', { data: { items: [{ name: 'Lamp' }] } }, 'Lamp'],
    ['data.items.0.name', { data: { items: [{ name: 'Lamp' }] } }, 'Lamp'],
    ['["odd.name"]', { 'odd.name': 'Lamp' }, 'Lamp'],
    ['odd.name', { 'odd.name': 'Lamp', odd: { name: 'no' } }, 'Lamp'],
    ['<page title>', { '<page title>': 'Lamp' }, 'Lamp'],
    ['$.name', { name: 'Lamp' }, 'Lamp'],
    ['names[*]', { names: ['', 'Lamp'] }, 'Lamp'],
    ['offers.*.name', { offers: { a: {}, b: { name: 'Lamp' } } }, 'Lamp'],
    ['name', { name: { '#text': 'Lamp', lang: 'en' } }, 'Lamp'],
    ['constructor', { constructor: 'Lamp' }, 'Lamp'],
  ])('%s', (path, data, title) => expect(map({ title: path }, data).title).toBe(title));

  test('see no inherited properties', () => {
    for (const path of ['constructor', 'toString', '__proto__', 'constructor.name', 'name.length'])
      expect('error' in compileMapping({ title: path }).map({ data: { name: 'x' }, updatedAt: 0 }), path).toBe(true);
  });
});

describe('expressions', () => {
  const data = { a: 'N/A', b: 'Beta', c: 'c1, c2;c3', n: 4, flag: 'yes', json: '{"x":{"y":"deep"}}', list: ['p', 'q'] };
  test.each<[string, unknown, string | undefined]>([
    ['a list is the first that has a value', ['missing', 'a', 'b'], 'Beta'],
    ['first', { first: ['a', 'b'] }, 'Beta'],
    ['const', { const: 'Fixed' }, 'Fixed'],
    ['template', { template: '${b} no. ${n}' }, 'Beta no. 4'],
    ['template with a missing part', { template: '${b} ${missing}' }, 'Beta'],
    ['template with nothing', { template: 'x ${missing}' }, undefined],
    ['parse and at', { from: 'json', parse: 'json', at: 'x.y' }, 'deep'],
    ['split and pick', { from: 'c', split: [',', ';'], pick: -1 }, 'c3'],
    ['join', { from: 'list', join: ' + ' }, 'p + q'],
    ['lookup', { from: 'b', lookup: { table: { BETA: 'Two' } } }, 'Two'],
    ['lookup of another value', { from: 'b', lookup: { table: { x: 'y' } } }, undefined],
    ['lookup with default', { from: 'b', lookup: { table: { x: 'y' }, default: 'z' } }, 'z'],
    ['lookup that keeps', { from: 'b', lookup: { table: { x: 'y' }, keep: true } }, 'Beta'],
    ['default', { from: 'missing', default: 'None given' }, 'None given'],
    ['when equals', { when: { path: 'flag', equals: 'yes' }, then: 'b', else: 'n' }, 'Beta'],
    ['when matches', { when: { path: 'flag', matches: '^n' }, then: 'b', else: { const: 'elsewhere' } }, 'elsewhere'],
    ['when in, not', { when: { path: 'n', in: [1, 2], not: true }, then: 'b' }, 'Beta'],
    [
      'when exists',
      {
        when: [
          { path: 'b', exists: true },
          { path: 'z', exists: false },
        ],
        then: 'b',
      },
      'Beta',
    ],
    ['transforms', { from: 'b', transform: ['upper', { replace: ['t(a)', '-$1'] }, { suffix: '!' }] }, 'BE-A!'],
    ['extract', { from: 'c', transform: { extract: 'c(\\d)' } }, '1'],
    ['slice and pad', { from: 'c', transform: [{ slice: [1, 2] }, { pad_start: 3 }] }, '001'],
    ['multiply', { from: 'n', transform: { multiply: 0.25 } }, '1'],
    ['before and after', { from: 'c', transform: [{ before: ';' }, { after: ', ' }] }, 'c2'],
  ])('%s', (_, model, expected) => expect(map({ title: 'b', model }, data).model).toBe(expected));

  test('a list for a field of many values means all', () => {
    const product = map({ title: 'b', internal_code: ['b', 'list', 'missing'] }, data);
    expect(product.internalCodes).toEqual(['Beta', 'p', 'q']);
  });
});

describe('fields', () => {
  test('a whole record', () => {
    const mapping = {
      locale: 'de',
      currency: 'EUR',
      title: 'name',
      brand: 'maker',
      gtin: ['ean', 'codes[*].value'],
      category: 'cat',
      price: 'offer.price',
      quantity: 'name',
      colour: 'colour',
      availability: 'stock',
      condition: { const: 'neu' },
      images: 'img',
      description: 'text',
      variants: { platform: 'system' },
      updated_at: 'changed',
    };
    const { notes, ...product } = map(mapping, {
      name: 'Kaffee &amp; Kuchen 2 x 500 g',
      maker: 'Norbo GmbH',
      ean: '4006381333931; 123',
      codes: [{ value: '036000291452' }, { value: '036000291453' }],
      cat: 'Essen > Kaffee',
      offer: { price: '1.299,00' },
      colour: 'Dunkelblau',
      stock: '3',
      img: 'https://a.example/1.jpg, //a.example/2.jpg',
      text: '<p>Gut</p>',
      system: 'XBox  One',
      changed: '31.12.2024',
    });
    expect(notes).toEqual(['invalid:gtin']);
    expect(product).toEqual({
      title: 'Kaffee & Kuchen 2 x 500 g',
      description: 'Gut',
      brand: 'Norbo GmbH',
      gtins: ['00036000291452', '04006381333931'],
      internalCodes: ['123'],
      category: ['Essen', 'Kaffee'],
      price: { amount: 1299, currency: 'EUR' },
      quantity: {
        count: 2,
        each: { dimension: 'mass', value: 500, unit: 'g' },
        total: { dimension: 'mass', value: 1000, unit: 'g' },
      },
      colour: 'dark blue',
      condition: 'new',
      availability: 'in_stock',
      images: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
      variants: { platform: 'xbox one' },
      attributes: { gtin_invalid: ['036000291453'] },
      updatedAt: '2024-12-31T00:00:00.000Z',
    });
  });

  test('a field that cannot be read is left out and noted', () => {
    const mapping = { title: 't', price: 'p', url: 'u', created_at: 'd', currency: 'c', quantity: 'q', brand: 'b' };
    const product = map(mapping, {
      t: 'Lamp',
      p: 'on request',
      u: 'shop',
      d: 'soon',
      c: 'gold',
      q: 'some',
      b: { x: 1 },
    });
    expect([...product.notes].sort()).toEqual(
      ['brand', 'created_at', 'currency', 'price', 'quantity', 'url'].map((field) => `invalid:${field}`),
    );
    expect(product.attributes).toEqual({ price_invalid: 'on request' });
    expect(product.price).toBeUndefined();
  });

  test("the record's currency field says what a sign means; the mapping's own stands in", () => {
    expect(map({ title: 't', price: 'p', currency: 'c' }, { t: 'x', p: '$5', c: 'CAD' }).price).toEqual({
      amount: 5,
      currency: 'CAD',
    });
    expect(map({ title: 't', price: 'p', currency: 'ILS' }, { t: 'x', p: 5.9 }).price).toEqual({
      amount: 5.9,
      currency: 'ILS',
    });
    expect(map({ title: 't', price: 'p' }, { t: 'x', p: { amount: '7,50', currency: 'eur' } }).price).toEqual({
      amount: 7.5,
      currency: 'EUR',
    });
  });

  test('kind: mixed keeps short codes internal', () => {
    const product = map({ title: 't', gtin: { from: 'code', kind: 'mixed' } }, { t: 'x', code: '96385074' });
    expect([product.gtins, product.internalCodes]).toEqual([[], ['96385074']]);
  });

  test('brand and model make a title where there is none; without them the record is refused', () => {
    const mapping = { title: 't', brand: 'b', mpn: 'm' };
    expect(map(mapping, { b: 'Norbo', m: 'K-2' })).toMatchObject({ title: 'Norbo K-2', notes: ['fallback:title'] });
    expect(compileMapping(mapping).map({ data: { b: 'Norbo' }, updatedAt: 0 })).toMatchObject({
      error: { code: 'MAPPING_FAILED' },
    });
  });

  test('the time of the source is the time of change where nothing else is', () => {
    expect(map({ title: 't' }, { t: 'x' }, 86_400_000).updatedAt).toBe('1970-01-02T00:00:00.000Z');
    expect(map({ title: 't' }, { t: 'x' }).updatedAt).toBeUndefined();
  });

  test('long values are cut and noted', () => {
    const product = map(
      { title: 't', attributes: { note: 'n' } },
      { t: `${'a'.repeat(1999)}😀b`, n: 'b'.repeat(5000) },
    );
    expect(product.title).toBe('a'.repeat(1999));
    expect(String(product.attributes.note)).toHaveLength(2000);
    expect(product.notes).toEqual(['truncated:title', 'truncated:attributes']);
  });
});

describe('attributes', () => {
  const attributes = (spec: unknown, data: Record<string, unknown>) =>
    map({ title: 't', attributes: spec }, { t: 'x', ...data }).attributes;

  test('a bag of JSON in a column, renamed and thinned out', () => {
    const json = JSON.stringify({
      'Screen Size': '15"',
      Weight: 2,
      'x-internal': 1,
      empty: '',
      na: 'N/A',
      list: ['a', 'b', 'a'],
    });
    expect(attributes({ from: 'j', parse: 'json', exclude: ['x*'], rename: { weight: 'mass' } }, { j: json })).toEqual({
      screen_size: '15"',
      mass: 2,
      list: ['a', 'b'],
    });
    expect(attributes({ from: 'j', parse: 'json', include: ['weight'] }, { j: json })).toEqual({ weight: 2 });
  });

  test('lists of names and values, pairs, and objects within objects', () => {
    expect(
      attributes('s', {
        s: [
          { name: 'Colour Code', value: 7 },
          { name: 'Ports', value: ['USB', 'HDMI'] },
        ],
      }),
    ).toEqual({
      colour_code: 7,
      ports: ['USB', 'HDMI'],
    });
    expect(
      attributes('s', {
        s: [
          ['a', 1],
          ['b', true],
        ],
      }),
    ).toEqual({ a: 1, b: true });
    expect(attributes('s', { s: { screen: { size: 5, kind: { name: 'oled' } } } })).toEqual({
      screen_size: 5,
      screen_kind_name: 'oled',
    });
  });

  test('rest is what no other field reads', () => {
    const mapping = compileMapping(
      { title: 't', brand: ['b', 'c.d'], attributes: { rest: true, exclude: ['secret'] } },
      { key: ['id'] },
    );
    const result = mapping.map({
      data: { id: 1, t: 'x', b: '', c: { d: 'y', e: 'z' }, other: 'o', secret: 's' },
      updatedAt: 0,
    });
    expect(result).toMatchObject({ product: { attributes: { other: 'o' } } });
  });

  test('names that come twice keep both values; names of Object.prototype are names', () => {
    expect(attributes([{ a: 'x' }, { a: 'y' }], { x: 1, y: 2 })).toEqual({ a: ['1', '2'] });
    expect(Object.entries(attributes('s', { s: { constructor: 'c', toString: 't' } }))).toEqual([
      ['constructor', 'c'],
      ['tostring', 't'],
    ]);
  });

  test('a bag that is no bag, and broken JSON, are noted', () => {
    expect(map({ title: 't', attributes: 's' }, { t: 'x', s: 'text' }).notes).toEqual(['invalid:attributes']);
    expect(map({ title: 't', attributes: { from: 's', parse: 'json' } }, { t: 'x', s: '{' }).notes).toEqual([
      'invalid:json',
    ]);
  });
});

describe('any record', () => {
  const mapping = compileMapping({
    locale: 'de',
    title: ['t', 'n.*'],
    description: 'd',
    brand: { from: 'b', transform: ['clean', 'capitalise'] },
    gtin: ['g', 'n[*]'],
    category: 'c',
    price: 'p',
    currency: 'cur',
    quantity: { template: '${p} ${q}' },
    images: 'i',
    url: 'u',
    size: { from: 's', split: ',', pick: 0 },
    variants: { v: 'v' },
    updated_at: 'd',
    attributes: [{ rest: true }, { from: 'j', parse: 'json' }, { x: 'n.*' }],
  });
  const record = fc.dictionary(fc.constantFrom(...'tdbgcpqiusvjn'), fc.oneof(fc.jsonValue(), anyText()));

  test('is mapped without throwing, to the same product every time, fit for Postgres', () => {
    fc.assert(
      fc.property(fc.oneof(record, fc.jsonValue()), fc.nat(), (data, updatedAt) => {
        const before = JSON.stringify(data);
        const once = mapping.map({ data, updatedAt });
        expect(JSON.stringify(data)).toBe(before);
        expect(JSON.stringify(mapping.map({ data, updatedAt }))).toBe(JSON.stringify(once));
        if ('product' in once) {
          const visit = (value: unknown): void => {
            if (typeof value === 'string') expect(value).not.toMatch(/\0|\p{Cs}/u);
            else if (value !== null && typeof value === 'object')
              for (const [name, inner] of Object.entries(value)) {
                visit(name);
                visit(inner);
              }
          };
          visit(once.product);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same product whatever the order of its keys', () => {
    const keep = compileMapping({ title: 't', attributes: { from: '$' } });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b c', 'd', 'e'), fc.string()), (data) => {
        const shuffled = Object.fromEntries(Object.entries({ ...data, t: 'x' }).reverse());
        expect(JSON.stringify(keep.map({ data: shuffled, updatedAt: 0 }))).toBe(
          JSON.stringify(keep.map({ data: { ...data, t: 'x' }, updatedAt: 0 })),
        );
      }),
    );
  });
});

test('the fingerprint changes with mapping and contract, and not with the order of keys', () => {
  const print = (mapping: unknown, contract?: unknown) => compileMapping(mapping, { contract }).fingerprint;
  expect(print({ title: 'a', brand: 'b' })).toBe(print({ brand: 'b', title: 'a' }));
  expect(print({ title: 'a' })).not.toBe(print({ title: 'b' }));
  expect(print({ title: 'a' }, { fields: {} })).not.toBe(print({ title: 'a' }));
});
