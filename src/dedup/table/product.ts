import {
  cleanRichText,
  cleanText,
  displayBrand,
  isPlaceholder,
  normaliseColour,
  normaliseCondition,
  normaliseGtin,
  parsePrice,
  parseQuantity,
  splitCategory,
} from '../../harmonize/normalisers/index.js';
import { type CanonicalProduct, compareText } from '../../records.js';
import type { Column } from './infer.js';
import { nameRank, snakeName } from './roles.js';

type Row = Readonly<Record<string, string>>;
type Put = (product: CanonicalProduct, text: string, row: Row) => void;

/** Compiles the columns to a function from a row to a product; called once a row. */
export function productMaker(columns: readonly Column[]): (row: Row) => CanonicalProduct {
  const currency = columns.find((column) => column.role === 'currency')?.name;
  const puts: { name: string; put: Put }[] = [];
  // Of several columns for one role the likelier name is asked first.
  const ranked = [...columns].sort((x, y) => nameRank(x.name, x.role) - nameRank(y.name, y.role));
  for (const column of ranked) {
    const put = putOf(column, currency);
    if (put !== undefined) puts.push({ name: column.name, put });
  }
  return (row) => {
    const product: CanonicalProduct = {
      title: '',
      gtins: [],
      internalCodes: [],
      images: [],
      variants: {},
      attributes: {},
    };
    for (const { name, put } of puts) {
      const cell = row[name];
      if (cell === undefined || cell === '' || isPlaceholder(cell)) continue;
      put(product, cell, row);
    }
    if (product.title === '') product.title = [product.brand, product.model ?? product.mpn].filter(Boolean).join(' ');
    return product;
  };
}

/** Where several columns have a role that holds one value, the first filled one counts. */
function putOf(column: Column, currency: string | undefined): Put | undefined {
  switch (column.role) {
    case 'title':
      return (product, text) => {
        product.title ||= cleanText(text);
      };
    case 'description':
      return (product, text) => {
        product.description ??= cleanRichText(text);
      };
    case 'brand':
      return (product, text) => {
        const brand = displayBrand(text);
        if (brand !== '') product.brand ??= brand;
      };
    case 'model':
      return (product, text) => {
        product.model ??= cleanText(text);
      };
    case 'mpn':
      return (product, text) => {
        product.mpn ??= cleanText(text);
      };
    case 'gtin':
      return putGtins;
    case 'category':
      return (product, text) => {
        product.category ??= splitCategory(text);
      };
    case 'price':
      return (product, text, row) => {
        const price = parsePrice(
          text,
          undefined,
          currency === undefined ? undefined : row[currency]?.trim() || undefined,
        );
        if (price !== undefined) product.price ??= price;
      };
    case 'colour':
      return (product, text) => {
        product.colour ??= normaliseColour(text);
      };
    case 'size':
      return (product, text) => {
        product.size ??= cleanText(text);
      };
    case 'quantity':
      return (product, text) => {
        const quantity = parseQuantity(text);
        if (quantity !== undefined) product.quantity ??= quantity;
        else product.attributes[snakeName(column.name)] = cleanText(text);
      };
    case 'condition':
      return (product, text) => {
        const condition = normaliseCondition(text);
        if (condition !== undefined) product.condition ??= condition;
      };
    case 'attribute': {
      const name = snakeName(column.name) || 'attribute';
      return (product, text) => {
        product.attributes[name] = cleanText(text);
      };
    }
    case 'attributes':
      return putObject;
    default:
      return undefined;
  }
}

function putGtins(product: CanonicalProduct, text: string): void {
  const whole = normaliseGtin(text);
  const all = whole.kind === 'invalid' ? text.split(/[,;|/\s[\]"']+/).map((part) => normaliseGtin(part)) : [whole];
  for (const gtin of all) {
    if (gtin.kind === 'gtin' && !product.gtins.includes(gtin.gtin14)) product.gtins.push(gtin.gtin14);
    if (gtin.kind === 'internal' && !product.internalCodes.includes(gtin.code)) product.internalCodes.push(gtin.code);
  }
  product.gtins.sort(compareText);
  product.internalCodes.sort(compareText);
}

/** Scalars of a JSON object, by normalised name; a text that is no object is kept as text. */
function putObject(product: CanonicalProduct, text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null) {
    product.attributes.attributes ??= cleanText(text);
    return;
  }
  for (const [key, one] of Object.entries(value)) {
    const name = snakeName(key);
    if (name === '' || name === '__proto__' || name in product.attributes) continue;
    if (typeof one === 'string' && !isPlaceholder(one)) product.attributes[name] = cleanText(one);
    else if (typeof one === 'number' || typeof one === 'boolean') product.attributes[name] = one;
    else if (Array.isArray(one)) product.attributes[name] = one.map((part) => cleanText(String(part)));
  }
}
