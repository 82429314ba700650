import type { GoldenEvent, GoldenValues } from '../golden.js';
import { foldText, normaliseCode } from '../harmonize/normalisers/index.js';
import type { RecordKey } from '../records.js';

/** The cache's keys of lookups, beside golden ids, which begin with a letter. */
export const gtinKey = (gtin14: string): string => `?gtin ${gtin14}`;
export const recordKey = ({ source, sourceId }: RecordKey): string => `?record ${JSON.stringify([source, sourceId])}`;

/**
 * What the database compares part numbers by, punctuation aside, of a code in ASCII. Of others it may find more to be alike
 * than the database does, never less.
 */
const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z\d]+/g, '');

/** Two codes with this in common are found by each other under one brand. */
const codePart = (code: string): string => `${normaliseCode(code)} ${plain(code)}`;

/** Undefined for a code beyond ASCII: what the database makes of it depends on its locale. */
export function codeKey(brand: string, code: string): string | undefined {
  return /^[ -~]*$/.test(code) ? `?code ${codePart(code)} ${foldText(brand)}` : undefined;
}

type Coded = Pick<GoldenValues, 'brand' | 'mpn' | 'model'>;

/** Whether a golden record is what `brand` and `code` look up. */
export function hasCode(values: Coded, brand: string, code: string): boolean {
  return (
    foldText(values.brand ?? '') === foldText(brand) && codesOf(values).some((own) => codePart(own) === codePart(code))
  );
}

/**
 * Keys under which a golden record is found from now on: what is cached of them may lack it, or name the one that a record
 * was part of before. Keys under which it was found until now need nothing, since an answer is held against the golden
 * record as it is.
 */
export function lookupKeysOf({ values, members }: Pick<GoldenEvent, 'values' | 'members'>): string[] {
  const { brand = '', gtins } = values;
  const codes = codesOf(values).map((code) => `?code ${codePart(code)} ${foldText(brand)}`);
  return [...new Set([...gtins.map(gtinKey), ...codes, ...members.map(recordKey)])];
}

const codesOf = ({ mpn, model }: Coded): string[] => [mpn, model].filter((code) => code !== undefined);
