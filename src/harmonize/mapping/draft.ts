import { type CanonicalProduct, compareText, type Price, type Quantity } from '../../records.js';

/** A product while its fields are being set. */
export interface Draft {
  title: string | undefined;
  description: string | undefined;
  brand: string | undefined;
  model: string | undefined;
  mpn: string | undefined;
  /** Without repeats. */
  gtins: string[];
  internalCodes: string[];
  category: string[] | undefined;
  /** What the source's currency field says, for the price. */
  currency: string | undefined;
  price: Price | undefined;
  quantity: Quantity | undefined;
  size: string | undefined;
  colour: string | undefined;
  condition: CanonicalProduct['condition'] | undefined;
  availability: CanonicalProduct['availability'] | undefined;
  images: string[];
  url: string | undefined;
  variants: Map<string, string>;
  attributes: Map<string, AttributeValue>;
  createdAt: string | undefined;
  updatedAt: string | undefined;
}

export type AttributeValue = CanonicalProduct['attributes'][string];

export function newDraft(): Draft {
  return {
    title: undefined,
    description: undefined,
    brand: undefined,
    model: undefined,
    mpn: undefined,
    gtins: [],
    internalCodes: [],
    category: undefined,
    currency: undefined,
    price: undefined,
    quantity: undefined,
    size: undefined,
    colour: undefined,
    condition: undefined,
    availability: undefined,
    images: [],
    url: undefined,
    variants: new Map(),
    attributes: new Map(),
    createdAt: undefined,
    updatedAt: undefined,
  };
}

function sortedObject<T>(entries: Map<string, T>): Record<string, T> {
  const out: Record<string, T> = {};
  if (entries.size === 0) return out;
  for (const name of [...entries.keys()].sort(compareText)) out[name] = entries.get(name)!;
  return out;
}

const sorted = (values: string[]): string[] => (values.length < 2 ? values : values.sort(compareText));

/** Adds a value that is not there yet. */
export function addNew(values: string[], value: string): void {
  if (!values.includes(value)) values.push(value);
}

/** The product of a draft: fields in one order, sets and maps sorted, absent fields left out, so that its JSON is deterministic. */
export function productOf(draft: Draft, title: string): CanonicalProduct {
  const product: CanonicalProduct = {
    title,
    gtins: sorted(draft.gtins),
    internalCodes: sorted(draft.internalCodes),
    images: draft.images,
    variants: sortedObject(draft.variants),
    attributes: sortedObject(draft.attributes),
  };
  if (draft.description !== undefined) product.description = draft.description;
  if (draft.brand !== undefined) product.brand = draft.brand;
  if (draft.model !== undefined) product.model = draft.model;
  if (draft.mpn !== undefined) product.mpn = draft.mpn;
  if (draft.category !== undefined) product.category = draft.category;
  if (draft.price !== undefined) product.price = draft.price;
  if (draft.quantity !== undefined) product.quantity = draft.quantity;
  if (draft.size !== undefined) product.size = draft.size;
  if (draft.colour !== undefined) product.colour = draft.colour;
  if (draft.condition !== undefined) product.condition = draft.condition;
  if (draft.availability !== undefined) product.availability = draft.availability;
  if (draft.url !== undefined) product.url = draft.url;
  if (draft.createdAt !== undefined) product.createdAt = draft.createdAt;
  if (draft.updatedAt !== undefined) product.updatedAt = draft.updatedAt;
  return product;
}
