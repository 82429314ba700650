import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseCurrency, parseNumber, parsePrice } from '../../../src/harmonize/index.js';
import { anyText } from '../any-text.js';

describe('parsePrice', () => {
  test.each([
    ['1.299,00 €', 1299, 'EUR'],
    ['$1,299.00', 1299, 'USD'],
    ['USD, $295.95', 295.95, 'USD'],
    ['$124.74 CAD CAD', 124.74, 'CAD'],
    ['₪ 5.90', 5.9, 'ILS'],
    ['5.90 ש"ח', 5.9, 'ILS'],
    ['1.299 €', 1299, 'EUR'],
    ['€ 1.234,93', 1234.93, 'EUR'],
    ['1 299,00 zł', 1299, 'PLN'],
    ['1\u202f299,00\u00a0€', 1299, 'EUR'],
    ["CHF 1'299.50", 1299.5, 'CHF'],
    ['Rs.5,999', 5999, 'INR'],
    ['₹1,29,900', 129900, 'INR'],
    ['1 990 ₽', 1990, 'RUB'],
    ['99,50 руб.', 99.5, 'RUB'],
    ['US $10-50 / Piece', 10, 'USD'],
    ['2 for $5', 5, 'USD'],
    ['C$ 12.50', 12.5, 'CAD'],
    ['R$ 1.299,90', 1299.9, 'BRL'],
    ['12,-', 12, undefined],
    ['99¢', 0.99, undefined],
    ['١٢٫٥٠', 12.5, undefined],
    ['12.5', 12.5, undefined],
  ])('%s', (text, amount, currency) =>
    expect(parsePrice(text)).toEqual(currency === undefined ? { amount } : { amount, currency }),
  );

  test.each(['', 'free', '0', '0.00', '-5', '- 5 €', 'call us', '€'])('%j is no price', (text) =>
    expect(parsePrice(text)).toBeUndefined(),
  );

  test('locale and usual currency decide what the text leaves open', () => {
    expect(parsePrice('1.299', 'de', 'EUR')).toEqual({ amount: 1299, currency: 'EUR' });
    expect(parsePrice('1.299', 'en')).toEqual({ amount: 1.299 });
    expect(parsePrice('1,299', 'de')).toEqual({ amount: 1.299 });
    expect(parsePrice('$5', 'en-AU')).toEqual({ amount: 5, currency: 'AUD' });
    expect(parsePrice('$5', undefined, 'CAD')).toEqual({ amount: 5, currency: 'CAD' });
    expect(parsePrice('99 kr', 'sv-SE')).toEqual({ amount: 99, currency: 'SEK' });
    expect(parsePrice('5 EUR', 'en', 'USD')).toEqual({ amount: 5, currency: 'EUR' });
  });

  test('reads back what locales print', () => {
    const locales = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'pl-PL', 'ru-RU', 'en-IN', 'pt-BR', 'sv-SE', 'it-IT'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.constantFrom(...locales), (cents, locale) => {
        const amount = cents / 100;
        const text = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(amount);
        expect(parsePrice(text, locale)).toEqual({ amount, currency: 'EUR' });
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText(), fc.string(), (text, locale) => {
        const price = parsePrice(text, locale);
        if (price !== undefined) expect(price.amount).toBeGreaterThan(0);
      }),
    );
  });
});

test('currencies', () => {
  expect([' eur ', '€', 'US$', 'zł', 'nothing', 'kr'].map((text) => normaliseCurrency(text))).toEqual([
    'EUR',
    'EUR',
    'USD',
    'PLN',
    undefined,
    undefined,
  ]);
});

test('numbers', () => {
  expect(['1,5', '1.299.000', '0,500', '.5', '1e5', '1-2', '12,345.6'].map((text) => parseNumber(text))).toEqual([
    1.5,
    1299000,
    0.5,
    0.5,
    undefined,
    undefined,
    12345.6,
  ]);
});
