import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMeasures, parseQuantity } from '../../../src/harmonize/index.js';
import { anyText } from '../any-text.js';

const measures = (text: string) =>
  parseMeasures(text).map(({ dimension, value, unit }) => `${dimension} ${value} ${unit}`);

describe('parseMeasures', () => {
  test.each([
    ['15.6"', ['screen 15.6 in']],
    ['Laptop 15,6 Zoll 16GB 1TB', ['screen 15.6 in', 'storage 16 GB', 'storage 1000 GB']],
    ['2,5 kg', ['mass 2500 g']],
    ['1 1/2 lb', ['mass 680.388555 g']],
    ['5 lb 4 oz', ['mass 2381.35994 g']],
    ['3/4 in socket', ['length 19.05 mm']],
    ['10½ in', ['screen 10.5 in']],
    ['30 x 40 x 10 cm', ['length 300 mm', 'length 400 mm', 'length 100 mm']],
    ['5\' 6"', ['length 1676.4 mm']],
    ['16 fl. oz.', ['volume 473.176473 ml']],
    ['2 m²', ['area 2 m2']],
    ['12V 2Ah 650 W', ['voltage 12 V', 'charge 2000 mAh', 'power 650 W']],
    ['3.2 GHz', ['frequency 3200000000 Hz']],
    ['20.1MP', ['resolution 20.1 MP']],
    ['100 Mbps', ['datarate 100 Mbps']],
    ['24 ct', ['count 24 pc']],
    ['1.5 ק"ג', ['mass 1500 g']],
    ['500 מ״ל', ['volume 500 ml']],
    ['250 גרם', ['mass 250 g']],
    ["6 יח'", ['count 6 pc']],
    ['1,5 кг', ['mass 1500 g']],
    ['0,33 л', ['volume 330 ml']],
    ['500 γρ', ['mass 500 g']],
    ['500克', ['mass 500 g']],
    ['12 Stück', ['count 12 pc']],
    ['1 To', ['storage 1000 GB']],
    ['2-in-1 laptop 14"', ['screen 14 in']],
    ['5G phone 128GB', ['storage 128 GB']],
    ['"Windows 10" disc', []],
    ['WH-1000XM4 iPhone 5s 3M 3 in 1 1 to 5', []],
    ['V1910-16G switch', []],
    ['18-55mm lens', ['length 55 mm']],
    ['no digits', []],
  ])('%s', (text, expected) => expect(measures(text)).toEqual(expected));
});

describe('parseQuantity', () => {
  const read = (text: string) => {
    const quantity = parseQuantity(text);
    if (quantity === undefined) return undefined;
    const { count, each, total } = quantity;
    return each === undefined ? count : `${count} x ${each.value} ${each.unit} = ${total?.value}`;
  };

  test.each([
    ['6 x 33cl', '6 x 330 ml = 1980'],
    ['6x330ml', '6 x 330 ml = 1980'],
    ['2 x 6 x 33cl', '12 x 330 ml = 3960'],
    ['500ml x 6', '6 x 500 ml = 3000'],
    ['330mlx6', '6 x 330 ml = 1980'],
    ['500 ml (6 pack)', '6 x 500 ml = 3000'],
    ['Pack of 3, 2,5 kg', '3 x 2500 g = 7500'],
    ['lot de 6 bouteilles 1 L', '6 x 1000 ml = 6000'],
    ['מארז 6 בקבוקים 1.5 ליטר', '6 x 1500 ml = 9000'],
    ['6 шт по 200 г', '6 x 200 g = 1200'],
    ['Twin pack 75ml', '2 x 75 ml = 150'],
    ['750 ml / 25.4 fl oz', '1 x 750 ml = 750'],
    ['box of 500 g', '1 x 500 g = 500'],
    ['5 lb 4 oz', '1 x 2381.35994 g = 2381.35994'],
    ['12-pack', 12],
    ['Pack of 3', 3],
    ['3er Pack', 3],
    ['one dozen eggs', 12],
    ['10 m', '1 x 10000 mm = 10000'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  test.each(['', 'Lamp', '15.6"', 'USB cable 1TB', '30 x 40 cm'])('%j says no quantity', (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );

  test('reads back what is printed', () => {
    const unit = fc.constantFrom<[string, number, string]>(
      ['g', 1, 'mass'],
      ['kg', 1000, 'mass'],
      ['גרם', 1, 'mass'],
      ['кг', 1000, 'mass'],
      ['ml', 1, 'volume'],
      ['cl', 10, 'volume'],
      ['L', 1000, 'volume'],
      ['ליטר', 1000, 'volume'],
    );
    const amount = fc.integer({ min: 1, max: 99_999 });
    const mark = fc.constantFrom('.', ',');
    const times = fc.constantFrom('x', ' x ', ' × ', '*');
    fc.assert(
      fc.property(
        unit,
        amount,
        mark,
        fc.integer({ min: 1, max: 99 }),
        times,
        fc.boolean(),
        ([name, factor, dimension], tenths, point, count, sign, before) => {
          const size = `${Math.floor(tenths / 10)}${point}${tenths % 10}${name === 'L' ? '' : ' '}${name}`;
          const quantity = parseQuantity(before ? `${count}${sign}${size}` : `${size}${sign}${count}`);
          expect(quantity?.count).toBe(count);
          expect(quantity?.each?.dimension).toBe(dimension);
          expect(quantity?.each?.value).toBeCloseTo((tenths / 10) * factor, 6);
          expect(quantity?.total?.value).toBeCloseTo((tenths / 10) * factor * count, 3);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('never throws, also on text that is mostly digits, signs and units', () => {
    const piece = fc.constantFrom(
      '1',
      '12',
      '/',
      '.',
      ',',
      'x',
      '"',
      "'",
      ' ',
      '-',
      'kg',
      'fl',
      'oz',
      'ק"ג',
      '½',
      'm',
      '2',
      '(',
      'pack',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.array(piece).map((list) => list.join('')),
        ),
        (text) => {
          for (const { value } of parseMeasures(text)) expect(Number.isFinite(value)).toBe(true);
          const quantity = parseQuantity(text);
          if (quantity !== undefined) expect(quantity.count).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
