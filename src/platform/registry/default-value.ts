import type { AvroType } from './schema.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isWhole = (value: unknown, bits: number): boolean =>
  Number.isInteger(value) && (value as number) >= -(2 ** (bits - 1)) && (value as number) < 2 ** (bits - 1);

/** Bytes are written as text whose characters are the bytes. */
const isBytes = (value: unknown): value is string =>
  typeof value === 'string' && [...value].every((character) => character.codePointAt(0)! < 256);

/** Whether JSON is a value of the type, in the way defaults are written: a union's is one of its first branch. */
export function isDefaultOf(type: AvroType, value: unknown): boolean {
  switch (type.kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
      return isWhole(value, 32);
    case 'long':
      return isWhole(value, 64);
    case 'float':
    case 'double':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'bytes':
      return isBytes(value);
    case 'fixed':
      return isBytes(value) && value.length === type.size;
    case 'enum':
      return typeof value === 'string' && type.symbols.includes(value);
    case 'array':
      return Array.isArray(value) && value.every((item) => isDefaultOf(type.items, item));
    case 'map':
      return isObject(value) && Object.values(value).every((item) => isDefaultOf(type.values, item));
    case 'union':
      return isDefaultOf(type.branches[0]!, value);
    case 'record':
      return (
        isObject(value) &&
        type.fields.every(({ name, type: of, hasDefault }) =>
          Object.hasOwn(value, name) ? isDefaultOf(of, value[name]) : hasDefault,
        )
      );
  }
}
