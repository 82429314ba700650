import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkMapping, compileMapping, inferSource } from '../../../src/harmonize/index.js';

const options = { name: 'shop', contract: 'shop_v1', connector: { type: 'csv', path: 'shop.csv' } };

test('a CSV feed', () => {
  const rows = [
    {
      'Artikel-Nr': 'A1',
      Bezeichnung: 'Norbo Kaffeemühle',
      Hersteller: 'Norbo',
      EAN: '4006381333931',
      Preis: '12,90',
      updated_at: '2026-01-02',
      'a.b': 'x',
      cluster_id: '9',
    },
    {
      'Artikel-Nr': 'A2',
      Bezeichnung: 'Tuva Teekanne',
      Hersteller: 'Tuva',
      EAN: '',
      Preis: '8,50',
      updated_at: '2026-01-03',
      'a.b': 'y',
      cluster_id: '9',
    },
  ];
  const draft = inferSource(rows, options);
  const source = parse(draft.source) as { key: string; updated_at: string; mapping: Record<string, unknown> };
  expect(source).toMatchObject({
    connector: { type: 'csv', path: 'shop.csv' },
    contract: 'shop_v1',
    key: 'Artikel-Nr',
    updated_at: 'updated_at',
    mapping: {
      title: 'Bezeichnung',
      brand: 'Hersteller',
      gtin: 'EAN',
      price: 'Preis',
      locale: 'de',
      attributes: { rest: true, exclude: ['cluster_id'] },
    },
  });
  expect(draft.source).toContain('the prices name no currency');
  expect(checkMapping(source.mapping)).toEqual([]);
  const mapped = compileMapping(source.mapping, { key: [source.key] }).map({ data: rows[0], updatedAt: 0 });
  expect(mapped).toMatchObject({
    product: { title: 'Norbo Kaffeemühle', price: { amount: 12.9 }, gtins: ['04006381333931'] },
  });
  expect(parse(draft.contract)).toMatchObject({
    fields: {
      'Artikel-Nr': { type: 'string', required: true },
      EAN: { type: 'string' },
      '["a.b"]': { type: 'string' },
    },
    policy: { new_field: 'accept' },
  });
});

test('a JSON feed with nested records', () => {
  const rows = [
    { sku: 7, product: { name: 'Lamp with a long arm', tags: ['a'] }, offer: { price: 5.5, currency: 'EUR' } },
    { sku: 8, product: { name: 'Chair without arms', tags: [] }, offer: { price: 6, currency: 'EUR' } },
  ];
  const draft = inferSource(rows, options);
  expect(parse(draft.source)).toMatchObject({
    key: 'sku',
    mapping: { title: 'product.name', price: 'offer.price', currency: 'offer.currency' },
  });
  expect(parse(draft.contract)).toMatchObject({
    fields: { sku: { type: 'number', required: true }, 'product.tags': { type: 'array' } },
  });
});

test('rows that hold nothing still give files that parse', () => {
  const draft = inferSource([], options);
  expect(parse(draft.source)).toMatchObject({ key: 'id' });
  expect(parse(draft.contract)).toMatchObject({ fields: { id: { required: true } } });
});
