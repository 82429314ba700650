import { describe, expect, it } from 'vitest';
import { inferColumns } from '../../../src/dedup/table/infer.js';

function roles(rows: Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(inferColumns(Object.keys(rows[0]!), rows).map(({ name, role }) => [name, role]));
}

/** Rows of cameras under any names. */
function cameras(names: Record<'id' | 'title' | 'brand' | 'model' | 'gtin' | 'price' | 'text', string>) {
  return Array.from({ length: 40 }, (_, i) => {
    const brand = ['Norvik', 'Talbeck', 'Ostrum'][i % 3]!;
    const body = String(400000000000 + i * 7919);
    const sum = [...body].reverse().reduce((n, digit, at) => n + Number(digit) * (at % 2 ? 1 : 3), 0);
    return {
      [names.id]: `k${i}`,
      [names.title]: `${brand} compact camera NV${100 + i}X silver ${i % 2 ? 'with case' : '12 MP'}`,
      [names.brand]: brand,
      [names.model]: `NV-${100 + i}X`,
      [names.gtin]: `${body}${(10 - (sum % 10)) % 10}`,
      [names.price]: `$${120 + i}.50`,
      [names.text]: `A camera for every day. ${'It takes pictures in good light and in bad light. '.repeat(3)} No ${i}.`,
    };
  });
}

describe('inferColumns', () => {
  it('goes by names, in any spelling', () => {
    const rows = cameras({
      id: 'ID',
      title: 'Product Name',
      brand: 'manufacturer',
      model: 'modelNo',
      gtin: 'EAN-13',
      price: 'list_price',
      text: 'Long Description',
    });
    expect(roles(rows)).toEqual({
      ID: 'id',
      'Product Name': 'title',
      manufacturer: 'brand',
      modelNo: 'model',
      'EAN-13': 'gtin',
      list_price: 'price',
      'Long Description': 'description',
    });
  });

  it('goes by contents where the names say nothing', () => {
    const rows = cameras({ id: 'id', title: 'c1', brand: 'c2', model: 'c3', gtin: 'c4', price: 'c5', text: 'c6' });
    expect(roles(rows)).toEqual({
      id: 'id',
      c1: 'title',
      c2: 'brand',
      c3: 'model',
      c4: 'gtin',
      c5: 'price',
      c6: 'description',
    });
  });

  it('never reads labels, and leaves out what only says where a row came from', () => {
    const row = {
      id: '1',
      title: 'one thing here',
      label: '1',
      cluster_id: '7',
      Entity: 'E1',
      truth: 'x',
      match: '1',
      is_match: '0',
      gold_id: '3',
      cluster_label: 'thing',
      source: 'shop',
      category_id: '8',
      updated_at: '2024-01-01',
    };
    const found = roles([row]);
    expect(found).toMatchObject({ id: 'id', title: 'title' });
    expect(Object.entries(found).filter(([, role]) => role !== 'ignore')).toHaveLength(2);
    expect(inferColumns(['id', 'label'], [row]).at(-1)!.why).toMatch(/labels are never read/);
  });

  it('keeps names that only resemble labels', () => {
    expect(roles([{ id: '1', title: 'a b', energy_label: 'A++', family: 'pro', gold_plated: 'yes' }])).toMatchObject({
      energy_label: 'attribute',
      family: 'attribute',
      gold_plated: 'attribute',
    });
  });

  it('doubts a name that the contents contradict', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({
      id: `${i}`,
      name: `thing number ${i}`,
      price: 'ask in the shop',
      ean: 'see the label on the box please',
    }));
    expect(roles(rows)).toMatchObject({ price: 'attribute', ean: 'attribute' });
    const price = inferColumns(['price'], rows)[0]!;
    expect(price.why).toBe('only 0 % are prices, against its name');
  });

  it('gives one title; the likelier name is it', () => {
    const found = roles([{ id: '1', heading: 'x y', title: 'a b', name: 'c d' }]);
    expect(found).toMatchObject({ title: 'title', name: 'attribute', heading: 'attribute' });
  });

  it('knows JSON objects and keeps a named column that is empty so far', () => {
    const rows = [{ id: '1', title: 'a b', bag: '{"colour":"red"}', mpn: '' }];
    expect(roles(rows)).toMatchObject({ bag: 'attributes', mpn: 'mpn' });
  });
});
