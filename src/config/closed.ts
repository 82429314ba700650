import type { TSchema } from '@sinclair/typebox';

const cache = new WeakMap<TSchema, TSchema>();

/** The schema with every object that says nothing about unknown keys closed to them. */
export function closed(schema: TSchema): TSchema {
  const known = cache.get(schema);
  if (known) return known;
  const copy: TSchema = { ...schema };
  cache.set(schema, copy);
  if (copy.properties) {
    copy.properties = mapValues(copy.properties as Record<string, TSchema>, closed);
    if (copy.additionalProperties === undefined && !copy.patternProperties) copy.additionalProperties = false;
  }
  if (copy.patternProperties)
    copy.patternProperties = mapValues(copy.patternProperties as Record<string, TSchema>, closed);
  if (typeof copy.additionalProperties === 'object') copy.additionalProperties = closed(copy.additionalProperties);
  if (Array.isArray(copy.anyOf)) copy.anyOf = (copy.anyOf as TSchema[]).map(closed);
  if (Array.isArray(copy.items)) copy.items = (copy.items as TSchema[]).map(closed);
  else if (copy.items && typeof copy.items === 'object') copy.items = closed(copy.items);
  return copy;
}

function mapValues(object: Record<string, TSchema>, change: (schema: TSchema) => TSchema): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
