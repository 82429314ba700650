import {
  cleanText,
  displayBrand,
  normaliseAvailability,
  normaliseColour,
  normaliseCondition,
  normaliseGtin,
  parsePrice,
  parseQuantity,
  splitCategory,
} from '../harmonize/normalisers/index.js';
import type { CanonicalProduct, Price } from '../records.js';
import type { Draft } from './schemas/index.js';

/** A listing of a request as the canonical product that harmonizing would make of it. Values that say nothing are dropped. */
export function toCanonical(draft: Draft): CanonicalProduct {
  const codes = [draft.gtin, ...(draft.gtins ?? [])].flatMap((text) => (text ? [normaliseGtin(text)] : []));
  const { title, description, brand, model, mpn, size, url } = draft;
  const colour = draft.colour ?? draft.color;
  return {
    title: cleanText(title),
    gtins: distinct(codes.flatMap((code) => (code.kind === 'gtin' ? [code.gtin14] : []))),
    internalCodes: distinct(codes.flatMap((code) => (code.kind === 'internal' ? [code.code] : []))),
    images: draft.images ?? [],
    variants: draft.variants ?? {},
    attributes: draft.attributes ?? {},
    ...present('description', clean(description)),
    ...present('brand', brand === undefined ? undefined : displayBrand(brand)),
    ...present('model', clean(model)),
    ...present('mpn', clean(mpn)),
    ...present('category', typeof draft.category === 'string' ? splitCategory(draft.category) : draft.category),
    ...present('price', priceOf(draft)),
    ...present('quantity', draft.quantity === undefined ? undefined : parseQuantity(draft.quantity)),
    ...present('size', clean(size)),
    ...present('colour', colour === undefined ? undefined : normaliseColour(colour)),
    ...present('condition', draft.condition === undefined ? undefined : normaliseCondition(draft.condition)),
    ...present(
      'availability',
      draft.availability === undefined ? undefined : normaliseAvailability(draft.availability),
    ),
    ...present('url', url),
  };
}

function priceOf({ price, currency }: Draft): Price | undefined {
  if (price === undefined) return undefined;
  if (typeof price === 'string') return parsePrice(price, undefined, currency);
  const { amount, currency: own = currency } = typeof price === 'number' ? { amount: price } : price;
  return own === undefined ? { amount } : { amount, currency: own.toUpperCase() };
}

const clean = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : cleanText(text) || undefined;

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

function present<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined || (Array.isArray(value) && value.length === 0)
    ? {}
    : ({ [key]: value } as { [key in K]: V });
}
