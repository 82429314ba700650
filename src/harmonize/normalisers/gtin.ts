import { gtinCheckDigit, hasGtinCheckDigit } from './check-digit.js';
import { normaliseCode } from './code.js';
import { expandUpcE } from './upce.js';

export type Gtin =
  | { kind: 'gtin'; gtin14: string }
  | { kind: 'internal'; code: string }
  | { kind: 'invalid'; reason: 'empty' | 'placeholder' | 'not digits' | 'length' | 'check digit' };

/**
 * What the field holds. `gtin`: identifiers by the source's own word, so GTIN-8, ISBN-10, UPC-E and codes that lost
 * leading zeros count. `mixed`: also the seller's own numbers, of which one in ten has a right check digit by chance, so only
 * 12 to 14 digits count and shorter codes are internal.
 */
export type GtinField = 'gtin' | 'mixed';

/** A seller's own number may hold letters. */
const OWN_CODE = /^[A-Za-z\d_/#]{2,32}$/;

const invalid = (reason: (Gtin & { kind: 'invalid' })['reason']): Gtin => ({ kind: 'invalid', reason });

/** GTIN-13 of an ISBN-10 (check digit modulo 11, X = 10), or undefined when it is none. */
export function isbn10To13(text: string): string | undefined {
  if (!/^\d{9}[\dXx]$/.test(text)) return undefined;
  let sum = 0;
  for (let i = 0; i < 10; i++) {
    const char = text.charCodeAt(i);
    sum += (10 - i) * (char > 57 ? 10 : char - 48);
  }
  if (sum % 11 !== 0) return undefined;
  const body = `978${text.slice(0, 9)}`;
  return body + gtinCheckDigit(body);
}

/** Runs of one digit and counting sequences are what people type into a required field. */
function isFiller(digits: string): boolean {
  const bare = digits.replace(/^0+/, '').slice(0, -1);
  if (bare.length === 0) return true;
  if (bare.length < 6) return false;
  return /^(\d)\1+$/.test(bare) || '12345678901234567890'.startsWith(bare) || '98765432109876543210'.startsWith(bare);
}

/**
 * Restricted circulation: GTIN-13 prefixes 02, 04 and 2x (in-store, company-internal), 05, 98 and 99 (coupons, refunds),
 * GTIN-8 prefixes 0 and 2, and GTIN-14 indicator 9 (variable measure).
 */
function isRestricted(gtin14: string): boolean {
  if (gtin14.startsWith('9')) return true;
  if (gtin14.startsWith('000000')) return gtin14[6] === '0' || gtin14[6] === '2';
  const [first, second] = [gtin14[1], gtin14[2]];
  if (first === '2') return true;
  if (first === '0') return second === '2' || second === '4' || second === '5';
  return first === '9' && (second === '8' || second === '9');
}

function classify(digits: string): Gtin {
  const gtin14 = digits.padStart(14, '0');
  return isRestricted(gtin14) ? { kind: 'internal', code: digits } : { kind: 'gtin', gtin14 };
}

/** Eight digits: GTIN-8, or UPC-E where the number system is 0 (no GTIN-8 in free circulation begins so) or GTIN-8 fails. */
function readEight(digits: string): Gtin {
  const upca = digits[0] === '0' || digits[0] === '1' ? expandUpcE(digits) : undefined;
  if (upca !== undefined && (digits[0] === '0' || !hasGtinCheckDigit(digits))) return classify(upca);
  return hasGtinCheckDigit(digits) ? classify(digits) : { kind: 'internal', code: digits };
}

function readShort(digits: string, field: GtinField): Gtin {
  const internal: Gtin = { kind: 'internal', code: digits };
  if (field === 'mixed') return internal;
  if (digits.length === 8) return readEight(digits);
  if (digits.length < 10) return internal;
  const isbn = digits.length === 10 ? isbn10To13(digits) : undefined;
  if (isbn !== undefined) return classify(isbn);
  // Spreadsheets drop leading zeros of UPC-A; more than two are never dropped in practice.
  return hasGtinCheckDigit(digits) ? classify(digits) : internal;
}

/**
 * Reads GTIN-8/12/13/14, ISBN-10/13 and UPC-E with any separators, an "ISBN" or "(01)" before, or ".0" after, and gives
 * the GTIN-14. Restricted and chain-internal codes are `internal`: they identify only within their source.
 */
export function normaliseGtin(text: string, field: GtinField = 'gtin'): Gtin {
  let digits = text;
  if (!/^\d+$/.test(digits)) {
    digits = digits
      .normalize('NFKC')
      .trim()
      .replace(/^(?:(?:gtin|ean|upc|isbn|jan)(?:[-\s]?1?[0-48])?\s*[:#]?\s+|isbn|\(01\))/i, '')
      .replace(/\.0+$/, '')
      .replace(/[\s\-\u2010-\u2015'"=.]+/g, '');
    if (digits === '') return invalid('empty');
    if (/^\d{9}[Xx]$/.test(digits)) {
      const isbn = isbn10To13(digits);
      return isbn === undefined ? invalid('check digit') : classify(isbn);
    }
    if (!/^\d+$/.test(digits))
      return field === 'mixed' && OWN_CODE.test(digits)
        ? { kind: 'internal', code: normaliseCode(digits) }
        : invalid('not digits');
  }
  const bare = digits.replace(/^0+/, '');
  if (bare === '' || (digits.length >= 8 && isFiller(digits))) return invalid('placeholder');
  if (digits.length > 14) {
    if (bare.length > 14) return invalid('length');
    digits = bare.padStart(14, '0');
  }
  if (digits.length < 12) return readShort(digits, field);
  // A short code padded with zeros is still a short code.
  if (bare.length < 8) return { kind: 'internal', code: bare };
  if (bare.length === 8)
    return field === 'mixed' || !hasGtinCheckDigit(bare) ? { kind: 'internal', code: bare } : classify(bare);
  return hasGtinCheckDigit(digits) ? classify(digits) : invalid('check digit');
}
