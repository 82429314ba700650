import { category } from './category.js';
import { gtin, internalCode } from './codes.js';
import { createdAt, updatedAt } from './dates.js';
import type { FieldDefinition } from './definition.js';
import { images, url } from './links.js';
import { currency, price } from './money.js';
import { quantity } from './quantity.js';
import { brand, description, model, mpn, size, title } from './text.js';
import { availability, colour, condition } from './words.js';

/** Every target field, in the order in which they are set: currency before price. A new field is one line here. */
export const FIELDS: readonly FieldDefinition[] = [
  title,
  description,
  brand,
  model,
  mpn,
  gtin,
  internalCode,
  category,
  currency,
  price,
  quantity,
  size,
  colour,
  condition,
  availability,
  images,
  url,
  createdAt,
  updatedAt,
];

export type { FieldContext, FieldDefinition, Setter } from './definition.js';
