import type { Price } from '../../records.js';
import { findCurrency } from './currency.js';
import { asciiDigits, parseNumber } from './number.js';

const PLAIN = /^\d{1,9}(?:\.\d{1,2})?$/;
/** A number with groups and decimals, no sign before it, not inside another. */
const NUMBER = /(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[ '’٬\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d[\d.,]*)(?:,-|,–|\.-)?/gu;
const MONEY_SIGN = /[$€£₪₽₹₴₺₩฿₫¥]/;
const CENTS = /^\s*\d+\s*(?:¢|cents?)\s*$/i;
const CODE_THEN_NUMBER = /[A-Za-z]{2,3}[.\s,]*$/;

/** Among several numbers ("2 for $5", "$10 - $20") the first that stands by a currency sign or code. */
function pick(text: string): string | undefined {
  let first: string | undefined;
  for (const match of text.matchAll(NUMBER)) {
    const before = text.slice(Math.max(0, match.index - 5), match.index).trimEnd();
    const after = text.slice(match.index + match[0].length).trimStart();
    if (MONEY_SIGN.test(before.slice(-1)) || MONEY_SIGN.test(after[0] ?? '') || CODE_THEN_NUMBER.test(before))
      return match[0];
    first ??= match[0];
  }
  return first;
}

/** Where the sign follows the number, Europe writes: "1.299 €" is a thousand, "$1.299" is not. */
function impliedLocale(text: string, currency: string | undefined): string | undefined {
  return currency === 'EUR' && /\d\s*(?:€|EUR)/.test(text) ? 'de' : undefined;
}

/**
 * Reads a price: "1.299,00 €", "$1,299.00", "USD, $295.95", "$124.74 CAD CAD", "₪ 5.90", "Rs. 5,999", "1 299,00 zł", "12,-".
 * A range gives its lower end. An explicit code beats a sign; `currency` stands in where the text names none. `locale` decides
 * "1.299". Zero, negative and unreadable amounts are undefined: feeds write 0 for "unknown".
 */
export function parsePrice(text: string, locale?: string, currency?: string): Price | undefined {
  const raw = text.trim();
  if (PLAIN.test(raw)) {
    const amount = Number(raw);
    if (amount <= 0) return undefined;
    return currency === undefined ? { amount } : { amount, currency };
  }
  const clean = asciiDigits(raw);
  if (/^\D{0,4}[-−]\s*\D{0,2}\d/.test(clean)) return undefined;
  const digits = pick(clean);
  if (digits === undefined) return undefined;
  const found = findCurrency(clean, locale, currency) ?? currency;
  const number = parseNumber(digits, locale ?? impliedLocale(clean, found));
  const amount = number !== undefined && CENTS.test(clean) ? number / 100 : number;
  if (amount === undefined || amount <= 0 || amount >= 1e12) return undefined;
  return found === undefined ? { amount } : { amount, currency: found };
}
