import { Kind, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/**
 * The value with the schema's defaults filled in, also inside maps and lists (TypeBox's own Default leaves maps of objects
 * alone). A key without a value (`server:`) counts as absent where the schema names the key and does not allow null.
 */
export function withDefaults(schema: TSchema, value: unknown): unknown {
  if (value === undefined) {
    if (schema.default === undefined) return undefined;
    return withDefaults(schema, structuredClone(schema.default as unknown));
  }
  if (Array.isArray(value)) return schema.items ? value.map((item) => withDefaults(schema.items, item)) : value;
  if (value === null || typeof value !== 'object') return value;
  if (schema[Kind] === 'Union') {
    const filled = (schema.anyOf as TSchema[]).map((variant) => [variant, withDefaults(variant, value)] as const);
    return filled.find(([variant, candidate]) => Value.Check(variant, candidate))?.[1] ?? value;
  }
  const properties = (schema.properties ?? {}) as Record<string, TSchema>;
  const rest = openSchema(schema);
  const result: [string, unknown][] = [];
  const present = new Set<string>();
  for (const [key, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property && item === null && !Value.Check(property, null)) continue;
    const inner = property ?? rest;
    result.push([key, inner ? withDefaults(inner, item) : item]);
    present.add(key);
  }
  for (const [key, property] of Object.entries(properties)) {
    const filled = present.has(key) ? undefined : withDefaults(property, undefined);
    if (filled !== undefined) result.push([key, filled]);
  }
  // Entries, because assigning a key called __proto__ would not add it.
  return Object.fromEntries(result);
}

/** The schema of keys that an object schema leaves open; undefined when there is none. */
export function openSchema(schema: TSchema): TSchema | undefined {
  const patterns = schema.patternProperties as Record<string, TSchema> | undefined;
  if (patterns) return Object.values(patterns)[0];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}
