import type { CanonicalProduct } from '../../records.js';
import { looksLikeCode, squashCode } from './codes.js';
import { CODE, MEASURE, NUMBER, noTokens, type Tokens, tokenise, WORD } from './tokens.js';
import { DIMENSION_NUMBER } from './units.js';
import { COLOUR_BITS, EMPTY_VALUES, LETTER_SIZES, VARIANT_BITS } from './words.js';

/** What matching reads of one product, still as strings. A function of the product alone. */
export interface EncodedRecord {
  /** Distinct tokens of title, brand and model, in that order. */
  tokens: string[];
  kinds: number[];
  /** Letters and digits of the title, then of the model where the title lacks it. */
  squash: string;
  /** Codes, the primary one first: from model and MPN fields, then those found in the title. */
  codes: string[];
  /** How many of `codes` come from fields. */
  fieldCodes: number;
  /** Codes of the description that are not among `codes`. */
  detailCodes: string[];
  dimensions: number[];
  values: number[];
  /** Measures that come from a size or quantity field lead `dimensions`: this many. */
  fieldMeasures: number;
  colours: number;
  /** The colour stands in a field of its own. */
  colourField: boolean;
  variants: number;
  /** Size that is a label, "xl" or "42"; empty when unknown. */
  size: string;
  brand: string;
  gtins: string[];
  price: number;
  /** Distinct words of the description. */
  detail: string[];
  category: string[];
  /** Folded short attributes and declared variants, as name → value. */
  attributes: Map<string, string>;
}

/** Longer descriptions say little about identity and cost much. */
const DESCRIPTION_CHARACTERS = 800;
const DETAIL_CODES = 12;
const ATTRIBUTES = 60;

function colourMask(texts: readonly string[]): number {
  let mask = 0;
  for (const text of texts) mask |= COLOUR_BITS.get(text) ?? 0;
  return mask;
}

function addMeasures(out: EncodedRecord, from: Tokens): void {
  for (let i = 0; i < from.dimensions.length; i++) {
    out.dimensions.push(from.dimensions[i] as number);
    out.values.push(from.values[i] as number);
  }
}

function addTokens(out: EncodedRecord, from: Tokens, seen: Set<string>): void {
  for (let i = 0; i < from.texts.length; i++) {
    const text = from.texts[i] as string;
    if (seen.has(text)) continue;
    seen.add(text);
    out.tokens.push(text);
    out.kinds.push(from.kinds[i] as number);
  }
}

function addCode(codes: string[], code: string): void {
  if (code.length >= 2 && code.length <= 40 && !codes.includes(code)) codes.push(code);
}

/** "nikond3200" is Nikon's "d3200", as long as a number is left. */
function withoutBrand(code: string, brand: string): string {
  const rest = brand !== '' && code.startsWith(brand) ? code.slice(brand.length) : code;
  return rest.length >= 2 && /\d/.test(rest) ? rest : code;
}

/** Codes a title names: mixed tokens and long numbers, the longest first, so that the first is the likeliest model number. */
function titleCodes(title: Tokens): string[] {
  const found: string[] = [];
  for (let i = 0; i < title.texts.length; i++) {
    const text = title.texts[i] as string;
    const kind = title.kinds[i];
    if ((kind === CODE || kind === NUMBER) && looksLikeCode(text)) addCode(found, text);
  }
  if (found.length > 1) found.sort((a, b) => Number(/[^\d]/.test(b)) - Number(/[^\d]/.test(a)) || b.length - a.length);
  return found;
}

function readSize(out: EncodedRecord, product: CanonicalProduct, title: Tokens): void {
  if (product.size !== undefined) {
    const size = tokenise(product.size);
    if (size.dimensions.length > 0) addMeasures(out, size);
    else out.size = size.texts.filter((text) => text !== 'size').join('');
  }
  const quantity = product.quantity;
  if (quantity !== undefined) {
    const add = (dimension: string, value: number) => {
      const number = DIMENSION_NUMBER.get(dimension);
      if (number === undefined) return;
      out.dimensions.push(number);
      out.values.push(value);
    };
    if (quantity.count > 1) add('count', quantity.count);
    if (quantity.each !== undefined) add(quantity.each.dimension, quantity.each.value);
    else if (quantity.total !== undefined) add(quantity.total.dimension, quantity.total.value);
  }
  out.fieldMeasures = out.dimensions.length;
  addMeasures(out, title);
  if (out.size !== '') return;
  for (let i = 0; i < title.texts.length; i++) {
    const text = title.texts[i] as string;
    const afterSize = i > 0 && title.texts[i - 1] === 'size';
    if (LETTER_SIZES.has(text) && (afterSize || text.endsWith('xl'))) out.size = text;
    else if (afterSize && title.kinds[i] === NUMBER) out.size = text;
  }
}

function readAttributes(out: EncodedRecord, product: CanonicalProduct): void {
  for (const [name, value] of Object.entries(product.variants)) out.attributes.set(`!${name}`, value);
  let room = ATTRIBUTES;
  for (const name of Object.keys(product.attributes).sort()) {
    const value = product.attributes[name];
    if (value === undefined || typeof value === 'object' || room === 0) continue;
    const text = typeof value === 'string' ? value : String(value);
    if (text.length === 0 || text.length > 40) continue;
    const folded = tokenise(text).texts.join(' ');
    if (folded === '' || EMPTY_VALUES.has(folded)) continue;
    out.attributes.set(name, folded);
    room--;
  }
}

/** Reads a product once, some 25 µs with storing it; everything after works on what this returns. */
export function encodeRecord(product: CanonicalProduct): EncodedRecord {
  const title = tokenise(product.title);
  const brand = product.brand === undefined ? noTokens() : tokenise(product.brand);
  const model = product.model === undefined ? noTokens() : tokenise(product.model);
  const out: EncodedRecord = {
    tokens: [],
    kinds: [],
    squash: title.squash,
    codes: [],
    fieldCodes: 0,
    detailCodes: [],
    dimensions: [],
    values: [],
    fieldMeasures: 0,
    colours: 0,
    colourField: false,
    variants: 0,
    size: '',
    brand: EMPTY_VALUES.has(brand.squash) ? '' : brand.squash,
    gtins: product.gtins,
    price: product.price?.amount ?? 0,
    detail: [],
    category: [],
    attributes: new Map(),
  };
  const seen = new Set<string>();
  addTokens(out, title, seen);
  if (out.brand !== '') addTokens(out, brand, seen);
  for (const field of [product.model, product.mpn])
    if (field !== undefined) addCode(out.codes, withoutBrand(squashCode(field), out.brand));
  out.fieldCodes = out.codes.length;
  if (out.fieldCodes > 0 && product.model !== undefined) {
    if (!out.squash.includes(model.squash)) out.squash += ` ${model.squash}`;
    addTokens(out, model, seen);
  }
  for (const code of titleCodes(title)) addCode(out.codes, code);
  readSize(out, product, title);
  if (product.colour !== undefined) out.colours = colourMask(tokenise(product.colour).texts);
  out.colourField = out.colours !== 0;
  if (out.colours === 0) out.colours = colourMask(title.texts);
  for (const text of out.tokens) out.variants |= VARIANT_BITS.get(text) ?? 0;
  if (product.description !== undefined) {
    const detail = tokenise(product.description.slice(0, DESCRIPTION_CHARACTERS));
    const known = new Set<string>();
    for (let i = 0; i < detail.texts.length; i++) {
      const text = detail.texts[i] as string;
      if (known.has(text)) continue;
      known.add(text);
      const kind = detail.kinds[i];
      if (kind === CODE && looksLikeCode(text) && out.detailCodes.length < DETAIL_CODES && !out.codes.includes(text))
        out.detailCodes.push(text);
      if (kind === WORD || kind === MEASURE || kind === CODE) out.detail.push(text);
    }
  }
  if (product.category !== undefined) out.category = tokenise(product.category.join(' ')).texts;
  readAttributes(out, product);
  return out;
}
