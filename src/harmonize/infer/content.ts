import {
  baseColours,
  CURRENCIES,
  hasGtinCheckDigit,
  normaliseAvailability,
  normaliseCondition,
  normaliseGtin,
  normaliseUrl,
  parseMeasures,
  parseNumber,
  parsePrice,
} from '../normalisers/index.js';

/** What a sample of a column's values looks like; shares are of the values that are not empty. */
export interface ColumnContent {
  /** Share of values that are not empty. */
  filled: number;
  /** Share of distinct values. */
  distinct: number;
  /** Mean length in characters, and in words. */
  length: number;
  words: number;
  gtin: number;
  number: number;
  money: number;
  currency: number;
  url: number;
  image: number;
  code: number;
  colour: number;
  condition: number;
  availability: number;
  measure: number;
}

const MOST_SAMPLES = 300;
const IMAGE = /\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#,|;\s])/i;
const CODE = /^(?=.*\d)(?=.*[A-Z])[A-Z\d][A-Z\d/._#-]{3,24}$/i;
const MONEY = /[$€£₪₽₹]|\b[A-Z]{3}\b|\d[.,]\d{2}$/;

/** A GTIN that is not right by chance: twelve digits or more, or eight with a check digit. */
function looksLikeGtin(value: string): boolean {
  if (!/^[\d\s-]{8,17}$/.test(value)) return false;
  const read = normaliseGtin(value, 'gtin');
  return read.kind === 'gtin' || (read.kind === 'internal' && /^\d{12,14}$/.test(value) && hasGtinCheckDigit(value));
}

/** Reads a column's samples (at most the first 300). Pure; empty samples give zeros. */
export function contentOf(samples: readonly string[]): ColumnContent {
  const taken = samples.slice(0, MOST_SAMPLES);
  const values = taken.map((sample) => sample.trim()).filter((sample) => sample !== '');
  const share = (test: (value: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const mean = (size: (value: string) => number) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + size(value), 0) / values.length;
  const short = (value: string) => value.length <= 30;
  return {
    filled: taken.length === 0 ? 0 : values.length / taken.length,
    distinct: values.length === 0 ? 0 : new Set(values).size / values.length,
    length: mean((value) => value.length),
    words: mean((value) => value.split(/\s+/).length),
    gtin: share(looksLikeGtin),
    number: share((value) => parseNumber(value.replace(/^-/, '')) !== undefined),
    money: share((value) => short(value) && MONEY.test(value) && parsePrice(value) !== undefined),
    currency: share((value) => CURRENCIES.has(value.toUpperCase())),
    url: share((value) => /^(?:https?:)?\/\//i.test(value) && normaliseUrl(value) !== undefined),
    image: share((value) => /^(?:https?:)?\/\//.test(value) && IMAGE.test(value)),
    code: share((value) => CODE.test(value) && !/^\d+(?:\.\d+)?$/.test(value)),
    colour: share((value) => short(value) && baseColours(value).length > 0),
    condition: share((value) => short(value) && normaliseCondition(value) !== undefined),
    availability: share((value) => short(value) && !/^\d/.test(value) && normaliseAvailability(value) !== undefined),
    measure: share((value) => short(value) && parseMeasures(value).length > 0),
  };
}
