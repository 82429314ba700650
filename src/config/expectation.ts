import type { TSchema } from '@sinclair/typebox';

/** What a schema asks for, in words: "a whole number from 1 to 65535", "one of keep, withdraw". */
export function expectation(schema: TSchema): string {
  if (typeof schema.expects === 'string') return schema.expects;
  const choices = literals(schema);
  if (choices) return choices.length === 1 ? String(choices[0]) : `one of ${choices.join(', ')}`;
  if (Array.isArray(schema.anyOf)) return [...new Set((schema.anyOf as TSchema[]).map(expectation))].join(' or ');
  switch (schema.type) {
    case 'string':
      return schema.minLength ? 'text that is not empty' : 'text';
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return schema.minItems ? 'a list that is not empty' : 'a list';
    case 'object':
      return 'a mapping of keys to values';
    default:
      return 'a value';
  }
}

/** The values of a schema that is a constant or a choice of constants. */
export function literals(schema: TSchema): (string | number | boolean)[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [schema.const as string];
  if (!Array.isArray(schema.anyOf)) return undefined;
  const values = (schema.anyOf as TSchema[]).map(literals);
  return values.every((v) => v !== undefined) ? values.flat() : undefined;
}

function range(schema: TSchema): string {
  const { minimum, maximum, exclusiveMinimum } = schema as {
    minimum?: number;
    maximum?: number;
    exclusiveMinimum?: number;
  };
  if (exclusiveMinimum !== undefined)
    return ` above ${exclusiveMinimum}${maximum === undefined ? '' : ` and up to ${maximum}`}`;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  if (maximum !== undefined) return ` of at most ${maximum}`;
  return '';
}
