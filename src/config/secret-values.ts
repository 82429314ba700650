import { Kind, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { openSchema } from './defaults.js';
import { pointer } from './environment.js';

/** The strings of a valid value that its schema marks as `secret`, by JSON pointer: a password typed into a file. */
export function secretValues(schema: TSchema, value: unknown, path: string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (part: TSchema, item: unknown, at: string[], secret: boolean): void => {
    const hidden = secret || part.secret === true;
    if (typeof item === 'string') {
      if (hidden && item !== '') found.set(pointer(at), item);
      return;
    }
    if (item === null || typeof item !== 'object') return;
    const variant = part[Kind] === 'Union' ? (part.anyOf as TSchema[]).find((one) => Value.Check(one, item)) : part;
    const properties = (variant?.properties ?? {}) as Record<string, TSchema>;
    const rest = (Array.isArray(item) ? (variant?.items as TSchema | undefined) : variant && openSchema(variant)) ?? {};
    for (const [key, child] of Object.entries(item)) {
      const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
      visit(known ?? (rest as TSchema), child, [...at, key], hidden);
    }
  };
  visit(schema, value, path, false);
  return found;
}
