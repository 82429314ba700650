import { describe, expect, test } from 'vitest';
import { inferRoles } from '../../../src/harmonize/infer/index.js';

function roles(table: Record<string, string[]>): Record<string, string> {
  const columns = Object.entries(table).map(([name, samples]) => ({ name, samples }));
  return Object.fromEntries(inferRoles(columns).map(({ column, role }) => [column, role]));
}

describe('roles of columns', () => {
  test('come from names in several languages and spellings', () => {
    expect(
      roles({
        ProductID: ['1', '2'],
        Bezeichnung: ['Kaffeemühle klein', 'Teekanne groß'],
        Hersteller: ['Norbo', 'Tuva'],
        'Manufacturer Part Number': ['KM-20', 'TK-7'],
        Preis: ['12,90 €', '8,50 €'],
        Farbe: ['rot', 'blau'],
        Beschreibung: ['Mahlt Kaffee', 'Kocht Tee'],
        מחיר: ['5.90', '7'],
        image_url: ['https://shop.example/a.jpg', 'https://shop.example/b.jpg'],
      }),
    ).toEqual({
      ProductID: 'id',
      Bezeichnung: 'title',
      Hersteller: 'brand',
      'Manufacturer Part Number': 'mpn',
      Preis: 'price',
      Farbe: 'colour',
      Beschreibung: 'description',
      מחיר: 'attribute',
      image_url: 'image',
    });
  });

  test('come from values where names say nothing', () => {
    const found = roles({
      a: ['4006381333931', '5000159461122', '4006381333931'],
      b: ['Norbo hand coffee grinder steel', 'Tuva tea pot two litres white', 'Norbo water kettle one litre'],
      c: ['https://shop.example/1.png', 'https://shop.example/2.png', ''],
      d: ['$12.90', '$8.50', '$11.00'],
    });
    expect(found).toEqual({ a: 'gtin', b: 'title', c: 'image', d: 'price' });
  });

  test('values can refute a name', () => {
    expect(roles({ name: ['Lamp one', 'Lamp two'], upc: ['see box', 'on the lid'] }).upc).toBe('attribute');
  });

  test('labels are told apart, and a description serves as title where there is no other', () => {
    const found = roles({
      id: ['1', '2'],
      cluster_id: ['7', '7'],
      label: ['1', '0'],
      description: ['A red lamp', 'A blue lamp'],
    });
    expect(found).toEqual({ id: 'id', cluster_id: 'label', label: 'label', description: 'title' });
  });

  test('one column takes a role that only one can have, several may hold GTINs', () => {
    const found = roles({
      title: ['Lamp one', 'Lamp two'],
      page_title: ['Lamp one | Shop', 'Lamp two | Shop'],
      ean: ['4006381333931', ''],
      upc: ['036000291452', ''],
    });
    expect(found).toEqual({ title: 'title', page_title: 'attribute', ean: 'gtin', upc: 'gtin' });
  });

  test('empty samples and empty tables are answered', () => {
    expect(inferRoles([])).toEqual([]);
    expect(roles({ title: [], x: ['', ''] })).toEqual({ title: 'title', x: 'attribute' });
  });
});
