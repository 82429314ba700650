import { canonicalJson } from '../../canonical-json.js';
import { AssayError, messageOf } from '../../errors.js';
import { isDefaultOf } from './default-value.js';
import {
  type AvroField,
  type AvroSchema,
  type AvroType,
  type Decimal,
  type Named,
  PRIMITIVES,
  type Primitive,
  typeLabel,
} from './schema.js';
import { isWellFormed } from './well-formed.js';

/** Deeper schemas are refused: they are walked by recursion. */
const MOST_DEPTH = 64;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

type Json = Record<string, unknown>;

interface Parsed {
  type: AvroType;
  /** The schema with full names and without docs. */
  json: unknown;
}

/** Where a type stands: its path for messages, the namespace that short names are in, how deep it is. */
interface Place {
  path: string;
  namespace: string;
  depth: number;
}

const isPrimitive = (name: string): name is Primitive => (PRIMITIVES as readonly string[]).includes(name);
const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function wrong(path: string, message: string): never {
  throw new AssayError('SCHEMA_INVALID', `${path === '' ? 'the schema' : path}: ${message}`);
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

function qualify(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name.replace(/^\./, '') : `${namespace}.${name}`;
}

/**
 * Reads an Avro schema in JSON.
 *
 * @throws AssayError SCHEMA_INVALID naming the place: names, duplicates, unknown types, unions in unions, defaults of
 *   another type.
 */
export function parseSchema(text: string): AvroSchema {
  let json: unknown;
  if (!isWellFormed(text)) wrong('', 'it holds half a surrogate pair, which UTF-8 cannot');
  try {
    json = JSON.parse(text);
  } catch (error) {
    wrong('', `it is not JSON: ${messageOf(error)}`);
  }
  const reader = new SchemaReader();
  const parsed = reader.read(json, { path: '', namespace: '', depth: 0 });
  reader.checkDefaults();
  return { type: parsed.type, canonical: canonicalJson(parsed.json) };
}

class SchemaReader {
  readonly #named = new Map<string, AvroType>();
  /** Looked at when every type is complete: a record's default may be for a type that is still being read. */
  readonly #defaults: { path: string; type: AvroType; value: unknown }[] = [];

  checkDefaults(): void {
    for (const { path, type, value } of this.#defaults)
      if (!isDefaultOf(type, value)) wrong(path, `the default ${show(value)} is no ${typeLabel(type)}`);
  }

  read(json: unknown, place: Place): Parsed {
    if (place.depth > MOST_DEPTH) wrong(place.path, `types are nested deeper than ${MOST_DEPTH}`);
    if (typeof json === 'string') return this.#reference(json, place);
    if (Array.isArray(json)) return this.#union(json, place);
    if (!isObject(json) || typeof json.type !== 'string') wrong(place.path, `${show(json)} is no type`);
    const { doc: _doc, ...rest } = json;
    const inner = { ...place, depth: place.depth + 1 };
    switch (json.type) {
      case 'array': {
        const items = this.read(json.items, { ...inner, path: `${place.path}[]` });
        return { type: { kind: 'array', items: items.type }, json: { ...rest, items: items.json } };
      }
      case 'map': {
        const values = this.read(json.values, { ...inner, path: `${place.path}{}` });
        return { type: { kind: 'map', values: values.type }, json: { ...rest, values: values.json } };
      }
      case 'record':
      case 'error':
        return this.#record(json, rest, inner);
      case 'enum':
        return this.#enum(json, rest, place);
      case 'fixed':
        return this.#fixed(json, rest, place);
      default: {
        const { type } = this.#reference(json.type, place);
        if ('name' in type || !isPrimitive(type.kind)) return { type, json: { ...rest, type: labelOf(type) } };
        const decimal = decimalOf(json);
        const only = Object.keys(rest).length === 1;
        return {
          type: decimal === undefined || type.kind !== 'bytes' ? type : { kind: type.kind, decimal },
          json: only ? type.kind : rest,
        };
      }
    }
  }

  #reference(name: string, { path, namespace }: Place): Parsed {
    if (isPrimitive(name)) return { type: { kind: name }, json: name };
    const full = qualify(name, namespace);
    const type = this.#named.get(full) ?? this.#named.get(name);
    if (type === undefined) wrong(path, `there is no type "${name}"`);
    return { type, json: labelOf(type) };
  }

  #union(branches: readonly unknown[], place: Place): Parsed {
    if (branches.length === 0) wrong(place.path, 'a union needs a branch');
    const parsed = branches.map((branch) => this.read(branch, { ...place, depth: place.depth + 1 }));
    const seen = new Set<string>();
    for (const { type } of parsed) {
      if (type.kind === 'union') wrong(place.path, 'a union cannot hold another union');
      const label = labelOf(type);
      if (seen.has(label)) wrong(place.path, `the union has ${label} twice`);
      seen.add(label);
    }
    return { type: { kind: 'union', branches: parsed.map(({ type }) => type) }, json: parsed.map(({ json }) => json) };
  }

  #record(json: Json, rest: Json, place: Place): Parsed {
    const named = this.#name(json, place);
    const type: AvroType = { kind: 'record', ...named, fields: [] };
    this.#named.set(named.name, type);
    if (!Array.isArray(json.fields)) wrong(place.path, `${named.name} has no list of fields`);
    const namespace = named.name.slice(0, Math.max(0, named.name.lastIndexOf('.')));
    const fields = json.fields.map((field: unknown) => this.#field(field, { ...place, namespace }));
    for (const { field } of fields) {
      if (type.fields.some(({ name }) => name === field.name)) wrong(place.path, `the field "${field.name}" is twice`);
      type.fields.push(field);
    }
    return { type, json: { ...nameless(rest), ...shown(named), fields: fields.map((field) => field.json) } };
  }

  #field(json: unknown, place: Place): { field: AvroField; json: unknown } {
    if (!isObject(json)) wrong(place.path, `${show(json)} is no field`);
    const { doc: _doc, ...rest } = json;
    const { name } = json;
    if (typeof name !== 'string' || !NAME.test(name)) wrong(place.path, `${show(name)} is no field name`);
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const { type, json: shape } = this.read(json.type, { ...place, path });
    const hasDefault = Object.hasOwn(json, 'default');
    if (hasDefault) this.#defaults.push({ path, type, value: json.default });
    const aliases = namesIn(json.aliases, path);
    return { field: { name, aliases, type, hasDefault }, json: { ...rest, type: shape } };
  }

  #enum(json: Json, rest: Json, place: Place): Parsed {
    const named = this.#name(json, place);
    const symbols = namesIn(json.symbols, place.path);
    if (symbols.length === 0) wrong(place.path, `${named.name} has no symbols`);
    if (new Set(symbols).size < symbols.length) wrong(place.path, `${named.name} has a symbol twice`);
    const type: AvroType = { kind: 'enum', ...named, symbols };
    if (json.default !== undefined) {
      if (typeof json.default !== 'string' || !symbols.includes(json.default))
        wrong(place.path, `the default ${show(json.default)} is no symbol of ${named.name}`);
      type.default = json.default;
    }
    this.#named.set(named.name, type);
    return { type, json: { ...nameless(rest), ...shown(named) } };
  }

  #fixed(json: Json, rest: Json, place: Place): Parsed {
    const named = this.#name(json, place);
    const { size } = json;
    if (!Number.isInteger(size) || (size as number) < 0) wrong(place.path, `${named.name} has no size`);
    const decimal = decimalOf(json);
    const type: AvroType = {
      kind: 'fixed',
      ...named,
      size: size as number,
      ...(decimal === undefined ? {} : { decimal }),
    };
    this.#named.set(named.name, type);
    return { type, json: { ...nameless(rest), ...shown(named) } };
  }

  #name({ name, namespace, aliases }: Json, place: Place): Named {
    if (typeof name !== 'string' || !name.split('.').every((part) => NAME.test(part)))
      wrong(place.path, `${show(name)} is no name`);
    if (namespace !== undefined && (typeof namespace !== 'string' || !/^(\w+(\.\w+)*)?$/.test(namespace)))
      wrong(place.path, `${show(namespace)} is no namespace`);
    const full = qualify(name, (namespace as string | undefined) ?? place.namespace);
    if (isPrimitive(full)) wrong(place.path, `"${name}" is the name of a primitive type`);
    if (this.#named.has(full)) wrong(place.path, `there are two types "${full}"`);
    const own = full.slice(0, Math.max(0, full.lastIndexOf('.')));
    return { name: full, aliases: namesIn(aliases, place.path).map((alias) => qualify(alias, own)) };
  }
}

/** What tells a type from another in a union, and stands for it where it is referred to. */
function labelOf(type: AvroType): string {
  return 'name' in type ? type.name : type.kind;
}

function nameless({ name: _name, namespace: _namespace, aliases: _aliases, ...rest }: Json): Json {
  return rest;
}

function shown({ name, aliases }: Named): Json {
  return aliases.length === 0 ? { name } : { name, aliases };
}

function namesIn(value: unknown, path: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) wrong(path, `${show(value)} is no list of names`);
  for (const name of value)
    if (typeof name !== 'string' || !name.split('.').every((part) => NAME.test(part)))
      wrong(path, `${show(name)} is no name`);
  return value as string[];
}

/** A `decimal` with digits that make no sense is read as the bytes it stands on, as the specification asks. */
function decimalOf({ logicalType, precision, scale = 0 }: Json): Decimal | undefined {
  if (logicalType !== 'decimal' || !Number.isInteger(precision) || !Number.isInteger(scale)) return undefined;
  const digits = { precision: precision as number, scale: scale as number };
  return digits.precision > 0 && digits.scale >= 0 && digits.scale <= digits.precision ? digits : undefined;
}
