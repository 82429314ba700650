import {
  foldText,
  isPlaceholder,
  normaliseCode,
  normaliseGtin,
  parsePrice,
} from '../../harmonize/normalisers/index.js';

/** What the first rows of a column look like. Shares are of the filled cells. */
export interface Contents {
  filled: number;
  /** Different values / filled cells. */
  distinct: number;
  words: number;
  /** 12 to 14 digits with a right check digit. */
  gtins: number;
  prices: number;
  /** Prices that carry a currency sign or code. */
  money: number;
  objects: number;
  links: number;
  /** Category paths ("A > B"). */
  paths: number;
  /** One word of letters and digits, or of many digits. */
  codes: number;
  /** Codes that the title of their row holds. */
  codesInTitle: number;
  /** Values with which the title of their row begins. */
  startsTitle: number;
}

const MONEY = /[$€£₪₽₹₴₺₩฿₫¥]|\b(?:usd|eur|gbp|ils|cad|aud|chf|pln|inr)\b/i;
const CODE = /^(?=.*\d)(?:(?=.*\p{L})[\p{L}\d\-./_]{4,30}|\d{5,11})$/u;

/** @param titles the same rows' titles, folded, where the title column is known already */
export function contentsOf(values: readonly string[], titles?: readonly string[]): Contents {
  const filled = values.flatMap((value, row) => {
    const text = value.trim();
    return isPlaceholder(text) ? [] : [{ text, row }];
  });
  const share = (test: (text: string, row: number) => boolean) =>
    filled.length === 0 ? 0 : filled.reduce((n, { text, row }) => n + (test(text, row) ? 1 : 0), 0) / filled.length;
  const squashed = titles?.map((title) => normaliseCode(title)) ?? [];
  return {
    filled: filled.length,
    distinct: new Set(filled.map(({ text }) => text)).size / Math.max(1, filled.length),
    words: filled.reduce((n, { text }) => n + text.split(/\s+/).length, 0) / Math.max(1, filled.length),
    gtins: share((text) => normaliseGtin(text, 'mixed').kind === 'gtin'),
    prices: share((text) => text.length < 40 && parsePrice(text) !== undefined),
    money: share((text) => text.length < 40 && MONEY.test(text) && parsePrice(text) !== undefined),
    objects: share(isObject),
    links: share((text) => /^https?:\/\//i.test(text)),
    paths: share((text) => /\S\s*[>›»]\s*\S/.test(text)),
    codes: share((text) => CODE.test(text)),
    codesInTitle: share((text, row) => CODE.test(text) && (squashed[row]?.includes(normaliseCode(text)) ?? false)),
    startsTitle: share((text, row) => titles?.[row]?.startsWith(foldText(text)) ?? false),
  };
}

function isObject(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
