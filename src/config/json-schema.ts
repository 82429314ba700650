import type { TSchema } from '@sinclair/typebox';
import { closed } from './closed.js';
import { withDefinitions } from './shared-definitions.js';

const REFERENCE = { type: 'string', pattern: '\\$\\{[A-Z_][A-Z0-9_]*(:-[^}]*)?\\}' };

type Json = Record<string, unknown>;

/**
 * A file's schema as JSON Schema for editors: what has a default may be left out, and a reference to the environment may
 * stand for a number, a boolean or a text of a certain form.
 */
export function jsonSchema(schema: TSchema): Json {
  return withDefinitions({ $schema: 'http://json-schema.org/draft-07/schema#', ...convert(closed(schema)) });
}

function convert(schema: TSchema): Json {
  const { expects: _expects, env: _env, duration: _duration, secret: _secret, ...plain } = schema as Json;
  if (plain.properties) {
    const properties = plain.properties as Record<string, TSchema>;
    plain.properties = convertAll(properties);
    const required = ((plain.required as string[] | undefined) ?? []).filter(
      (key) => properties[key]?.default === undefined,
    );
    if (required.length > 0) plain.required = required;
    else delete plain.required;
  }
  if (plain.patternProperties) plain.patternProperties = convertAll(plain.patternProperties as Record<string, TSchema>);
  if (typeof plain.additionalProperties === 'object')
    plain.additionalProperties = convert(plain.additionalProperties as TSchema);
  if (Array.isArray(plain.anyOf)) plain.anyOf = (plain.anyOf as TSchema[]).map(convert);
  if (plain.items) plain.items = convert(plain.items as TSchema);
  return isForm(plain) ? orReference(plain) : plain;
}

function convertAll(properties: Record<string, TSchema>): Json {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, convert(value)]));
}

function isForm(plain: Json): boolean {
  if (plain.const !== undefined) return false;
  return (
    ['integer', 'number', 'boolean'].includes(String(plain.type)) ||
    (plain.type === 'string' && plain.pattern !== undefined)
  );
}

function orReference(plain: Json): Json {
  const { description, default: fallback, ...form } = plain;
  return {
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    anyOf: [form, REFERENCE],
  };
}
