/** Avro schemas as data: names are full names, references are the types they refer to (so a type may contain itself). */

export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
export type Primitive = (typeof PRIMITIVES)[number];

export interface Named {
  /** With its namespace. */
  name: string;
  /** With their namespaces. */
  aliases: string[];
}

/** Digits of a `decimal` on bytes or fixed. */
export interface Decimal {
  precision: number;
  scale: number;
}

export interface PrimitiveType {
  kind: Primitive;
  decimal?: Decimal;
}

export interface ArrayType {
  kind: 'array';
  items: AvroType;
}

export interface MapType {
  kind: 'map';
  values: AvroType;
}

export interface UnionType {
  kind: 'union';
  branches: AvroType[];
}

export interface RecordType extends Named {
  kind: 'record';
  fields: AvroField[];
}

export interface EnumType extends Named {
  kind: 'enum';
  symbols: string[];
  /** Read in place of a symbol that the reader does not know. */
  default?: string;
}

export interface FixedType extends Named {
  kind: 'fixed';
  size: number;
  decimal?: Decimal;
}

export type AvroType = PrimitiveType | ArrayType | MapType | UnionType | RecordType | EnumType | FixedType;

export interface AvroField {
  name: string;
  aliases: string[];
  type: AvroType;
  hasDefault: boolean;
}

export interface AvroSchema {
  type: AvroType;
  /** Equal for schemas that say the same: keys sorted, names with namespaces, no `doc`. Not meant to be parsed. */
  canonical: string;
}

/** How a type is called in messages: its name, or its kind. */
export function typeLabel(type: AvroType): string {
  return 'name' in type ? `${type.kind} ${type.name}` : type.kind;
}

/** The name without its namespace. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
