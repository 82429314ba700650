import { type AvroField, type AvroType, type Named, type RecordType, shortName, typeLabel } from './schema.js';

/** What a reader may take in place of its own type (Avro 1.11, schema resolution). */
const PROMOTED: Record<string, readonly string[]> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  string: ['bytes'],
  bytes: ['string'],
};

const GOOD: readonly string[] = [];

/**
 * Why a reader with one schema cannot read what was written with another: one sentence a difference, empty when it can
 * read all of it. A union that was written must be readable in every branch, whichever a message happens to hold.
 */
export function whyUnreadable(reader: AvroType, writer: AvroType): readonly string[] {
  // A pair of types that contain themselves is taken as readable while it is looked at. When it is then found not to be,
  // what was concluded from that is void, and everything is looked at again with what is now known.
  const unreadable = new Map<AvroType, Map<AvroType, readonly string[]>>();
  for (;;) {
    const walk = new Walk(unreadable);
    const reasons = walk.read(reader, writer, '');
    if (!walk.misled || reasons.length > 0) return reasons;
  }
}

class Walk {
  misled = false;
  /** Pairs under way or found readable. */
  readonly #readable = new Map<AvroType, Map<AvroType, { assumed: boolean }>>();
  readonly #unreadable: Map<AvroType, Map<AvroType, readonly string[]>>;

  constructor(unreadable: Map<AvroType, Map<AvroType, readonly string[]>>) {
    this.#unreadable = unreadable;
  }

  /** @param path of the field, empty for the schema itself. */
  read(reader: AvroType, writer: AvroType, path: string): readonly string[] {
    const known = this.#unreadable.get(reader)?.get(writer);
    if (known !== undefined) return known;
    const under = this.#readable.get(reader)?.get(writer);
    if (under !== undefined) {
      under.assumed = true;
      return GOOD;
    }
    const state = { assumed: false };
    put(this.#readable, reader, writer, state);
    const reasons = this.#compare(reader, writer, path);
    if (reasons.length > 0) {
      put(this.#unreadable, reader, writer, reasons);
      if (state.assumed) this.misled = true;
    }
    // From here on the pair is known, so that using it is no assumption.
    state.assumed = false;
    return reasons;
  }

  #compare(reader: AvroType, writer: AvroType, path: string): readonly string[] {
    if (writer.kind === 'union') return unique(writer.branches.flatMap((branch) => this.read(reader, branch, path)));
    if (reader.kind === 'union') return this.#anyBranch(reader.branches, writer, path);
    const no = [`${at(path)}${typeLabel(reader)} cannot read ${typeLabel(writer)}`];
    if (reader.kind !== writer.kind) return PROMOTED[reader.kind]?.includes(writer.kind) ? GOOD : no;
    if (reader.kind === 'array' && writer.kind === 'array')
      return this.read(reader.items, writer.items, `${path === '' ? 'list' : path}[]`);
    if (reader.kind === 'map' && writer.kind === 'map')
      return this.read(reader.values, writer.values, `${path === '' ? 'map' : path}{}`);
    if ('name' in reader && 'name' in writer && !sameName(reader, writer)) return no;
    if (reader.kind === 'record' && writer.kind === 'record') return this.#fields(reader, writer, path);
    if (reader.kind === 'fixed' && writer.kind === 'fixed' && reader.size !== writer.size)
      return [`${at(path)}${reader.size} bytes cannot read ${writer.size} bytes`];
    if (reader.kind === 'enum' && writer.kind === 'enum' && reader.default === undefined) {
      const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
      if (missing.length > 0)
        return [`${at(path)}${typeLabel(reader)} has no ${missing.join(', ')} and no default symbol`];
    }
    if ('decimal' in reader || 'decimal' in writer) return decimals(reader, writer, path);
    return GOOD;
  }

  #anyBranch(branches: readonly AvroType[], writer: AvroType, path: string): readonly string[] {
    const tried = branches.map((branch) => ({ branch, reasons: this.read(branch, writer, path) }));
    if (tried.some(({ reasons }) => reasons.length === 0)) return GOOD;
    const alike = tried.filter(({ branch }) => branch.kind === writer.kind);
    if (alike.length === 1) return alike[0]!.reasons;
    return [`${at(path)}none of ${branches.map(typeLabel).join(', ')} can read ${typeLabel(writer)}`];
  }

  #fields(reader: RecordType, writer: RecordType, path: string): readonly string[] {
    return reader.fields.flatMap((field) => {
      const place = path === '' ? field.name : `${path}.${field.name}`;
      const written = writer.fields.filter(({ name }) => namesOf(field).includes(name));
      if (written.length > 1)
        return [`${at(place)}it could be any of ${written.map(({ name }) => name).join(', ')} by its aliases`];
      if (written.length === 1) return this.read(field.type, written[0]!.type, place);
      return field.hasDefault ? GOOD : [`${at(place)}it has no default and was not written`];
    });
  }
}

const namesOf = ({ name, aliases }: AvroField): string[] => [name, ...aliases];

const at = (path: string): string => (path === '' ? '' : `field "${path}": `);

const unique = (reasons: readonly string[]): readonly string[] => [...new Set(reasons)];

/** Names match without their namespaces; a reader's alias matches a whole name. */
function sameName(reader: Named, writer: Named): boolean {
  return shortName(reader.name) === shortName(writer.name) || reader.aliases.includes(writer.name);
}

function decimals(reader: AvroType, writer: AvroType, path: string): readonly string[] {
  const digits = (type: AvroType) => ('decimal' in type ? type.decimal : undefined);
  const [read, written] = [digits(reader), digits(writer)];
  if (read === undefined || written === undefined) return GOOD;
  if (read.precision === written.precision && read.scale === written.scale) return GOOD;
  return [
    `${at(path)}decimal(${read.precision}, ${read.scale}) cannot read decimal(${written.precision}, ${written.scale})`,
  ];
}

function put<T>(table: Map<AvroType, Map<AvroType, T>>, reader: AvroType, writer: AvroType, value: T): void {
  const row = table.get(reader) ?? new Map<AvroType, T>();
  row.set(writer, value);
  table.set(reader, row);
}
