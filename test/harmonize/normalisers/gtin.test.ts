import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compressUpcA,
  expandUpcE,
  gtinCheckDigit,
  hasGtinCheckDigit,
  isbn10To13,
  normaliseGtin,
} from '../../../src/harmonize/index.js';
import { anyText } from '../any-text.js';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

describe('normaliseGtin', () => {
  test.each([
    ['4006381333931', '04006381333931'],
    ['036000291452', '00036000291452'],
    ['0 36000-29145 2', '00036000291452'],
    ['36000291452', '00036000291452'],
    ['96385074', '00000096385074'],
    ['00000096385074', '00000096385074'],
    ['10614141000415', '10614141000415'],
    ['0-306-40615-2', '09780306406157'],
    ['080442957X', '09780804429573'],
    ['ISBN 978-0-306-40615-7', '09780306406157'],
    ['EAN: 4006381333931', '04006381333931'],
    ['(01)04006381333931', '04006381333931'],
    ['4006381333931.0', '04006381333931'],
    ['04252614', '00042100005264'],
  ])('%s is GTIN %s', (text, gtin14) => expect(normaliseGtin(text)).toEqual({ kind: 'gtin', gtin14 }));

  test.each([
    '2001234567893',
    '0212345678909',
    '0400000000015',
    '20012340',
    '12345',
    '0000000012345',
    '4252614',
    '473829156',
  ])('%s is internal', (text) => expect(normaliseGtin(text).kind).toBe('internal'));

  test.each([
    ['4006381333932', 'check digit'],
    ['000000000000', 'placeholder'],
    ['1111111111116', 'placeholder'],
    ['1234567890128', 'placeholder'],
    ['see box', 'not digits'],
    ['8.84E+12', 'not digits'],
    ['  ', 'empty'],
    ['473829156473829156', 'length'],
    ['0306406153', undefined],
  ])('%s is refused: %s', (text, reason) =>
    expect(normaliseGtin(text)).toEqual(
      reason === undefined ? { kind: 'internal', code: text } : { kind: 'invalid', reason },
    ),
  );

  test('in a field that also holds own numbers, short codes are internal even with a right check digit', () => {
    expect(normaliseGtin('96385074', 'mixed')).toEqual({ kind: 'internal', code: '96385074' });
    expect(normaliseGtin('36000291452', 'mixed').kind).toBe('internal');
    expect(normaliseGtin('AB-12', 'mixed')).toEqual({ kind: 'internal', code: 'AB12' });
    expect(normaliseGtin('4006381333931', 'mixed').kind).toBe('gtin');
  });

  test('never throws, and a GTIN-14 it gives is always valid', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), digits(8), digits(12), digits(13), digits(14)), (text) => {
        for (const field of ['gtin', 'mixed'] as const) {
          const read = normaliseGtin(text, field);
          if (read.kind !== 'gtin') continue;
          expect(read.gtin14).toMatch(/^\d{14}$/);
          expect(hasGtinCheckDigit(read.gtin14)).toBe(true);
          expect(normaliseGtin(read.gtin14)).toEqual(read);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('check digits', () => {
  test('any change of one digit is seen', () => {
    fc.assert(
      fc.property(digits(12), fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const code = body + gtinCheckDigit(body);
        expect(hasGtinCheckDigit(code)).toBe(true);
        const changed = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(hasGtinCheckDigit(changed)).toBe(false);
      }),
    );
  });

  test('an ISBN-10 becomes a valid GTIN-13 with the same digits', () => {
    fc.assert(
      fc.property(digits(9), (body) => {
        const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
        const check = (11 - (sum % 11)) % 11;
        const isbn = body + (check === 10 ? 'X' : check);
        const gtin = isbn10To13(isbn)!;
        expect(gtin.slice(3, 12)).toBe(body);
        expect(hasGtinCheckDigit(gtin)).toBe(true);
        expect(isbn10To13(body + (check === 0 ? '5' : '0'))).toBeUndefined();
      }),
    );
  });
});

describe('UPC-E', () => {
  test('expansion and compression are inverse', () => {
    fc.assert(
      fc.property(fc.constantFrom('0', '1'), digits(6), (system, six) => {
        const upca = [...Array(10).keys()]
          .map((check) => expandUpcE(system + six + check))
          .find((found) => found !== undefined)!;
        expect(upca).toHaveLength(12);
        expect(hasGtinCheckDigit(upca)).toBe(true);
        const short = compressUpcA(upca);
        // Codes with superfluous zeros have a second, canonical short form.
        expect(short).toBeDefined();
        expect(expandUpcE(short!)).toBe(upca);
      }),
    );
  });

  test.each([
    ['04252614', '042100005264'],
    ['01234565', '012345000065'],
  ])('%s → %s', (short, long) => {
    expect(expandUpcE(short)).toBe(long);
    expect(compressUpcA(long)).toBe(short);
  });
});
