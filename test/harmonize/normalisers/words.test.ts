import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baseColours,
  displayBrand,
  isPlaceholder,
  normaliseAvailability,
  normaliseBrand,
  normaliseCode,
  normaliseColour,
  normaliseCondition,
  normaliseUrl,
  parseDate,
  splitCategory,
} from '../../../src/harmonize/index.js';
import { anyText } from '../any-text.js';

test.each([
  ['Norbo Electronics Co., Ltd.', 'norbo'],
  ['Tuva GmbH & Co. KG', 'tuva'],
  ["L'Éclat S.A.", 'leclat'],
  ['STONE+WOOD', 'stone and wood'],
  ['Stone & Wood', 'stone and wood'],
  ['Hewlett-Packard', 'hp'],
  ['ООО', 'ооо'],
  ['תנובה בע"מ', 'תנובה'],
  ['N/A', ''],
  ['לא ידוע', ''],
])('brand %s → %s', (text, brand) => expect(normaliseBrand(text)).toBe(brand));

test('a brand is shown as the shop writes it, without quotes and placeholders', () => {
  expect(displayBrand('  "Norbo™  Inc." ')).toBe('Norbo Inc.');
  expect(displayBrand('unbranded')).toBe('');
});

test.each([
  ['wh-1000 XM4', 'WH1000XM4'],
  ['N9C43AA#ABB', 'N9C43AAABB'],
  ['S10+', 'S10PLUS'],
  ['ВЕ-20', 'BE20'],
  ['модель', 'МОДЕЛЬ'],
  ['é-1', 'E1'],
  ['--', ''],
])('code %s → %s', (text, code) => expect(normaliseCode(text)).toBe(code));

test.each([
  ['gray', 'grey'],
  ['Schwarz', 'black'],
  ['черный', 'black'],
  ['чёрный', 'black'],
  ['שחור', 'black'],
  ['Midnight Black', 'midnight black'],
  ['dunkelblau', 'dark blue'],
  ['Rot/Schwarz', 'black/red'],
  ['black and red', 'black/red'],
  ['Color: Space Gray', 'space grey'],
  ['', ''],
])('colour %s → %s', (text, colour) => expect(normaliseColour(text)).toBe(colour));

test('plain colours of shades', () => {
  expect(baseColours('navy/white')).toEqual(['blue', 'white']);
  expect(baseColours('Anthrazit')).toEqual(['grey']);
  expect(baseColours('stripes')).toEqual([]);
});

test.each([
  ['Brand New', 'new'],
  ['https://schema.org/UsedCondition', 'used'],
  ['gebraucht', 'used'],
  ['Like new', 'used'],
  ['Certified Refurbished', 'refurbished'],
  ['used, damaged box', 'damaged'],
  ['новый', 'new'],
  ['חדש', 'new'],
  ['???', undefined],
])('condition %s → %s', (text, condition) => expect(normaliseCondition(text)).toBe(condition));

test.each([
  ['in stock', 'in_stock'],
  ['NOT in stock', 'out_of_stock'],
  ['https://schema.org/OutOfStock', 'out_of_stock'],
  ['pre-order', 'preorder'],
  ['discontinued', 'discontinued'],
  ['17', 'in_stock'],
  ['0', 'out_of_stock'],
  ['true', 'in_stock'],
  ['нет в наличии', 'out_of_stock'],
  ['אזל מהמלאי', 'out_of_stock'],
  ['perhaps', undefined],
])('availability %s → %s', (text, availability) => expect(normaliseAvailability(text)).toBe(availability));

test.each([
  ['Home > Kitchen > Pans', ['Home', 'Kitchen', 'Pans']],
  ['Home | Kitchen', ['Home', 'Kitchen']],
  ['Home/Kitchen/Pans', ['Home', 'Kitchen', 'Pans']],
  ['TV/Video', ['TV/Video']],
  ['A &gt; A &gt; B', ['A', 'B']],
  [' ', []],
])('category %s', (text, path) => expect(splitCategory(text)).toEqual(path));

describe('dates', () => {
  test.each([
    ['2024-12-31', '2024-12-31T00:00:00.000Z'],
    ['2024-12-31T10:00:00+02:00', '2024-12-31T08:00:00.000Z'],
    ['2024-12-31 10:00:01.5', '2024-12-31T10:00:01.500Z'],
    ['31.12.2024 18:30', '2024-12-31T18:30:00.000Z'],
    ['12/31/24', '2024-12-31T00:00:00.000Z'],
    ['03/04/2024', '2024-04-03T00:00:00.000Z'],
    ['12/31/2024 6:30 pm', '2024-12-31T18:30:00.000Z'],
    ['Mar 12, 2024', '2024-03-12T00:00:00.000Z'],
    ['15 марта 2024', '2024-03-15T00:00:00.000Z'],
    ['2 de marzo de 2024', '2024-03-02T00:00:00.000Z'],
    ['Tue, 15 Nov 1994 08:12:31 GMT', '1994-11-15T08:12:31.000Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    ['1700000000000', '2023-11-14T22:13:20.000Z'],
    ['20241231', '2024-12-31T00:00:00.000Z'],
    ['2006', '2006-01-01T00:00:00.000Z'],
    ['31.02.2024', undefined],
    ['soon', undefined],
  ])('%s → %s', (text, iso) => expect(parseDate(text)).toBe(iso));

  test('the United States put the month first', () => {
    expect(parseDate('03/04/2024', 'en-US')).toBe('2024-03-04T00:00:00.000Z');
  });

  test('every printed moment is read back', () => {
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        expect(parseDate(moment.toISOString())).toBe(moment.toISOString());
      }),
    );
  });
});

test.each([
  ['//shop.example/a', 'https://shop.example/a'],
  ['http://shop.example/a?utm_source=x&id=1#top', 'http://shop.example/a?id=1'],
  ['www.shop.example', 'https://www.shop.example/'],
  ['javascript:alert(1)', undefined],
  ['/relative', undefined],
])('address %s → %s', (text, url) => expect(normaliseUrl(text)).toBe(url));

test('placeholders', () => {
  for (const text of ['', '-', 'N/A', 'n.a.', 'Does Not Apply', 'none', 'unbekannt', 'нет данных', '???'])
    expect(isPlaceholder(text), text).toBe(true);
  for (const text of ['0', 'Nan bread', '3M', 'None the Wiser', 'או']) expect(isPlaceholder(text), text).toBe(false);
});

test('nothing here throws on any text', () => {
  const readers = [
    displayBrand,
    normaliseBrand,
    normaliseCode,
    normaliseColour,
    baseColours,
    normaliseCondition,
    normaliseAvailability,
    splitCategory,
    parseDate,
    normaliseUrl,
    isPlaceholder,
  ];
  fc.assert(
    fc.property(anyText(40), (text) => {
      for (const read of readers) read(text);
    }),
    { numRuns: 1000 },
  );
});
