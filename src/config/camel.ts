import { Kind, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { openSchema } from './defaults.js';
import { durationMs } from './duration.js';

/** `segment_bytes` → `segmentBytes`. */
export type CamelKey<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelKey<Tail>>}`
  : S;

/** A file's shape with the names that code uses. Keys of maps (open-ended names) stay as written. */
export type Camel<T> = T extends readonly (infer U)[]
  ? Camel<U>[]
  : T extends object
    ? string extends keyof T
      ? { [K in keyof T]: Camel<T[K]> }
      : { [K in keyof T as CamelKey<K & string>]: Camel<T[K]> }
    : T;

export function camelKey(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Renames the keys that the schema names and reads lengths of time; what the schema leaves open is passed through. */
export function camelise(schema: TSchema, value: unknown): unknown {
  if (Array.isArray(value)) return schema.items ? value.map((item) => camelise(schema.items, item)) : value;
  if (schema.duration === true && typeof value === 'string') return durationMs(value);
  if (value === null || typeof value !== 'object') return value;
  if (schema[Kind] === 'Union') {
    const variant = (schema.anyOf as TSchema[]).find((candidate) => Value.Check(candidate, value));
    return variant ? camelise(variant, value) : value;
  }
  const properties = (schema.properties ?? {}) as Record<string, TSchema>;
  const rest = openSchema(schema);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (known) return [camelKey(key), camelise(known, item)];
      return [key, rest ? camelise(rest, item) : item];
    }),
  );
}
