import fc from 'fast-check';

/** A schema in JSON. Names of types are given out by the generator, so that every schema is valid. */
export type Json = null | string | boolean | number | Json[] | { [key: string]: Json };

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];
const FIELDS = ['a', 'b', 'c', 'd'];
const SYMBOLS = ['X', 'Y', 'Z'];

const DEFAULTS: Record<string, Json> = {
  null: null,
  boolean: true,
  int: 1,
  long: 2,
  float: 0.5,
  double: 0.25,
  bytes: '\u00ff',
  string: 's',
};

/** A type before its names are given: `named` picks a name, `back` refers to a record around it. */
type Draft =
  | { kind: 'primitive'; name: string }
  | { kind: 'array' | 'map'; of: Draft }
  | { kind: 'union'; of: Draft[] }
  | { kind: 'enum'; named: number; symbols: string[]; fallback: boolean; alias: number | null }
  | { kind: 'fixed'; named: number; size: number }
  | { kind: 'record'; named: number; alias: number | null; fields: DraftField[] }
  | { kind: 'back'; up: number };

interface DraftField {
  name: string;
  alias: string | null;
  hasDefault: boolean;
  type: Draft;
}

const drafts = fc.letrec<{ type: Draft; record: Draft }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.record({ kind: fc.constant('primitive' as const), name: fc.constantFrom(...PRIMITIVES) }),
    fc.record({
      kind: fc.constant('enum' as const),
      named: fc.nat(1),
      symbols: fc.subarray(SYMBOLS, { minLength: 1 }),
      fallback: fc.boolean(),
      alias: fc.option(fc.nat(1), { nil: null }),
    }),
    fc.record({ kind: fc.constant('fixed' as const), named: fc.nat(1), size: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ kind: fc.constant('back' as const), up: fc.nat(1) }),
    fc.record({ kind: fc.constantFrom('array' as const, 'map' as const), of: tie('type') }),
    fc.record({ kind: fc.constant('union' as const), of: fc.array(tie('type'), { minLength: 1, maxLength: 3 }) }),
    tie('record'),
  ),
  record: fc.record({
    kind: fc.constant('record' as const),
    named: fc.nat(1),
    alias: fc.option(fc.nat(1), { nil: null }),
    fields: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...FIELDS),
        alias: fc.option(fc.constantFrom(...FIELDS), { freq: 4, nil: null }),
        hasDefault: fc.boolean(),
        type: tie('type'),
      }),
      { minLength: 1, maxLength: 3, selector: ({ name }) => name },
    ),
  }),
}));

/** Writes a draft out. A name that is taken is used with the next free number. */
class Names {
  readonly #taken = new Set<string>();

  write(draft: Draft, around: readonly string[]): Json {
    switch (draft.kind) {
      case 'primitive':
        return draft.name;
      case 'array':
        return { type: 'array', items: this.write(draft.of, around) };
      case 'map':
        return { type: 'map', values: this.write(draft.of, around) };
      case 'union':
        return this.#union(draft.of, around);
      case 'back':
        return around.at(-1 - draft.up) ?? 'int';
      case 'fixed':
        return { type: 'fixed', name: this.#name('F', draft.named), size: draft.size };
      case 'enum': {
        const { symbols, fallback, alias } = draft;
        const name = this.#name('E', draft.named);
        return { type: 'enum', name, symbols, ...(fallback ? { default: symbols[0]! } : {}), ...aliased('E', alias) };
      }
      case 'record': {
        const name = this.#name('R', draft.named);
        const fields = draft.fields.map((field) => this.#field(field, [...around, name]));
        return { type: 'record', name, fields, ...aliased('R', draft.alias) };
      }
    }
  }

  #field({ name, alias, hasDefault, type }: DraftField, around: readonly string[]): Json {
    const written = this.write(type, around);
    const first = Array.isArray(written) ? written[0]! : written;
    const value = defaultOf(first);
    return {
      name,
      type: written,
      ...(alias === null || alias === name ? {} : { aliases: [alias] }),
      ...(hasDefault && value !== undefined ? { default: value } : {}),
    };
  }

  #union(of: readonly Draft[], around: readonly string[]): Json {
    const seen = new Set<string>();
    const branches = of
      .filter(({ kind }) => kind !== 'union')
      .map((branch) => this.write(branch, around))
      .filter((branch) => {
        const label = labelOf(branch);
        return !seen.has(label) && seen.add(label);
      });
    return branches.length === 0 ? ['null'] : branches;
  }

  #name(letter: string, number: number): string {
    let at = number;
    while (this.#taken.has(letter + at)) at++;
    this.#taken.add(letter + at);
    return letter + at;
  }
}

const aliased = (letter: string, alias: number | null) => (alias === null ? {} : { aliases: [`${letter}${alias}`] });

function labelOf(json: Json): string {
  if (typeof json === 'string') return json;
  const { type, name } = json as { type: string; name?: string };
  return name ?? type;
}

function defaultOf(json: Json): Json | undefined {
  if (typeof json === 'string') return DEFAULTS[json];
  const { type, symbols } = json as { type: string; symbols?: string[] };
  if (type === 'array') return [];
  if (type === 'map') return {};
  return type === 'enum' ? symbols![0]! : undefined;
}

const written = (draft: Draft): Json => new Names().write(draft, []);

/** A schema. */
export const schemas: fc.Arbitrary<Json> = drafts.type.map(written);

/** A record, in most cases. */
export const records: fc.Arbitrary<Json> = drafts.record.map(written);
