/** The records that travel from feed to golden record. Everything here is plain JSON data. */

/** Headers of messages, by which the log can say under what rules a record was pulled and mapped. */
export const HEADERS = { contract: 'contract', contractVersion: 'contract-version', mapping: 'mapping' } as const;

/** What names a record: the source and the source's own id. */
export interface RecordKey {
  source: string;
  sourceId: string;
}

/** One string per key, used as the log's message key and wherever keys are ordered. U+001F cannot occur in a source name. */
export function keyText(source: string, sourceId: string): string {
  return `${source}\u001f${sourceId}`;
}

export function parseKeyText(text: string): RecordKey {
  const cut = text.indexOf('\u001f');
  return { source: text.slice(0, cut), sourceId: text.slice(cut + 1) };
}

/**
 * Orders strings by code point, as Postgres' COLLATE "C" does over UTF-8. JavaScript's `<` orders by UTF-16 unit, which
 * differs above U+FFFF; everything that decides anything uses this comparator.
 */
export function compareText(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates (D800-DFFF) stand for code points above FFFF, so they sort after E000-FFFF.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** A record's version. The greater one wins: by source timestamp, then by position in the record's log partition. */
export interface Version {
  /** Milliseconds since 1970 by the source's own clock; 0 when the source gives none. */
  timestamp: number;
  /** Offset of the raw message within its partition. A record always lies in the same partition. */
  offset: number;
}

/** Value of a message of the `raw` topic; the message key is `keyText`. A null message value withdraws the record. */
export interface RawRecord {
  source: string;
  id: string;
  /** Contract the record was pulled under, for example `products_v1`. */
  contract: string;
  /** Milliseconds since 1970 by the source's own clock; 0 when it gives none. */
  updatedAt: number;
  /** The record as it came: a flat row or a nested document. */
  data: unknown;
}

export interface Price {
  amount: number;
  /** ISO 4217, when known. */
  currency?: string;
}

/** One measured property, converted to the base unit of its dimension. */
export interface Measure {
  /** mass g · volume ml · length mm · area m2 · storage GB · power W · voltage V · frequency Hz · energy Wh · charge mAh · resolution MP · screen in · count · … */
  dimension: string;
  value: number;
  unit: string;
}

/** How much one unit of sale holds: 6 x 330 ml is { count: 6, each: {volume, 330, ml}, total: {volume, 1980, ml} }. */
export interface Quantity {
  count: number;
  each?: Measure;
  total?: Measure;
}

/** The one schema every source is mapped to. Optional fields are absent, never empty strings. */
export interface CanonicalProduct {
  title: string;
  description?: string;
  brand?: string;
  model?: string;
  mpn?: string;
  /** Valid GTIN-14 that may join records of different sources; sorted, without repeats. */
  gtins: string[];
  /** Restricted-circulation and chain-internal codes: identify only within their source. */
  internalCodes: string[];
  /** From the widest to the narrowest. */
  category?: string[];
  price?: Price;
  quantity?: Quantity;
  /** Size as labelled where it is not a measure: "XL", "42". */
  size?: string;
  colour?: string;
  condition?: 'new' | 'refurbished' | 'used' | 'damaged';
  availability?: 'in_stock' | 'out_of_stock' | 'preorder' | 'discontinued';
  images: string[];
  url?: string;
  /**
   * Attributes that tell products apart by themselves (platform, edition, capacity of a family): two records with
   * different values for one of them are different products. Values are folded.
   */
  variants: Record<string, string>;
  /** Everything else, by normalised attribute name. */
  attributes: Record<string, string | number | boolean | string[]>;
  /** ISO 8601, by the source's own clock. */
  createdAt?: string;
  updatedAt?: string;
}

/** Value of a message of the `canonical` topic; the message key is `keyText`. A null message value withdraws the record. */
export interface CanonicalRecord {
  source: string;
  id: string;
  version: Version;
  contract: string;
  /** Fingerprint of the mapping that made `product`. */
  mapping: string;
  product: CanonicalProduct;
}

/** Value of a message of the `dead-letter` topic; the message key is `keyText`, or the source and a position where no id could be read. */
export interface DeadLetter {
  source: string;
  /** Empty when no id could be read. */
  id: string;
  /** Where it failed. */
  step: 'ingest' | 'harmonize' | 'dedup' | 'master';
  /** A code of the error table. */
  code: string;
  reason: string;
  /** File and line, page, or log position the record came from. */
  origin: string;
  /** The original, as it came, whole. */
  original: string;
  mapping: string;
  /** ISO 8601, wall clock. */
  at: string;
}
