import type { ErrorCode } from '../../errors.js';
import { hashHex } from '../../hash.js';
import { type CanonicalProduct, compareText, type RawRecord } from '../../records.js';
import { didYouMean } from '../../suggest.js';
import { CURRENCIES } from '../normalisers/index.js';
import { compileAttributes, compileVariants } from './attributes.js';
import { type Draft, newDraft, productOf } from './draft.js';
import { type Compiler, compileExpression } from './expression.js';
import { FIELDS, type FieldContext, type Setter } from './fields/index.js';
import type { Notes } from './notes.js';
import { type MappingProblem, Problems } from './problems.js';
import { isRecord } from './values.js';

/** Raised whenever the same mapping would make other products than before; part of every fingerprint. */
export const HARMONIZER_VERSION = 1;

export type MapResult =
  | { product: CanonicalProduct; notes: readonly string[] }
  | { error: { code: ErrorCode; reason: string }; notes: readonly string[] };

/** A compiled mapping. */
export interface Mapping {
  /** Sixteen hex digits over mapping, contract and harmonizer version: equal fingerprints make equal products. */
  fingerprint: string;
  /** Pure; never throws. `notes` are counter outcomes of single fields (`invalid:price`). */
  map(raw: Pick<RawRecord, 'data' | 'updatedAt'>): MapResult;
}

export interface CompileOptions {
  /** For messages. */
  source?: string;
  /** Whatever else the products depend on; goes into the fingerprint. */
  contract?: unknown;
  /** Paths of the record's id, which `attributes: {rest: true}` leaves out. */
  key?: readonly string[];
}

const LOCALE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/;
const CONSTANTS = ['locale'];
const BAGS = ['variants', 'attributes'];

/** The names on the left of a mapping. */
export const FIELD_NAMES: readonly string[] = [...FIELDS.map(({ name }) => name), ...BAGS, ...CONSTANTS];

/** JSON with keys in order, so that the order in a file does not matter to a hash. */
function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value).sort(compareText);
  return `{${entries.map((name) => `${JSON.stringify(name)}:${stableJson(value[name])}`).join(',')}}`;
}

function contextOf(mapping: Record<string, unknown>, problems: Problems): FieldContext {
  const { locale, currency } = mapping;
  if (locale !== undefined && (typeof locale !== 'string' || !LOCALE.test(locale)))
    problems.add(['locale'], 'locale is a language with an optional country, such as de or en-US');
  return {
    locale: typeof locale === 'string' ? locale : undefined,
    currency: typeof currency === 'string' && CURRENCIES.has(currency) ? currency : undefined,
    problems,
  };
}

function checkNames(mapping: Record<string, unknown>, problems: Problems): void {
  for (const name of Object.keys(mapping)) {
    if (FIELD_NAMES.includes(name)) continue;
    const hint = didYouMean(name, FIELD_NAMES) || `; known: ${FIELD_NAMES.join(', ')}`;
    problems.add([name], `unknown field "${name}"${hint} (other attributes go under "attributes")`);
  }
  if (mapping.title === undefined && (mapping.brand === undefined || (mapping.model ?? mapping.mpn) === undefined))
    problems.add([], 'a mapping needs "title", or "brand" with "model" or "mpn"');
}

function compileFields(mapping: Record<string, unknown>, compiler: Compiler): Setter[] {
  const context = contextOf(mapping, compiler.problems);
  const setters: Setter[] = [];
  for (const field of FIELDS) {
    const spec = mapping[field.name];
    if (spec === undefined || (field.name === 'currency' && context.currency !== undefined)) continue;
    const options = field.options ?? [];
    const evaluate = compileExpression(spec, [field.name], compiler, { many: field.many, options });
    setters.push(field.compile(evaluate, context, isRecord(spec) ? spec : {}, [field.name]));
  }
  if (mapping.variants !== undefined) setters.push(compileVariants(mapping.variants, ['variants'], compiler));
  if (mapping.attributes !== undefined) setters.push(compileAttributes(mapping.attributes, ['attributes'], compiler));
  return setters;
}

function compile(mapping: unknown, options: CompileOptions): { setters: Setter[]; problems: Problems } {
  const problems = new Problems();
  if (!isRecord(mapping)) {
    problems.add([], 'a mapping is a list of fields, such as "title: name"');
    return { setters: [], problems };
  }
  checkNames(mapping, problems);
  const compiler: Compiler = { problems, reads: new Set(options.key ?? []) };
  return { setters: compileFields(mapping, compiler), problems };
}

/** Every mistake of a mapping with its place in it; empty when it can be compiled. */
export function checkMapping(mapping: unknown): MappingProblem[] {
  return compile(mapping, {}).problems.list;
}

/** The title, or brand and model where the record has none. */
function titleOf(draft: Draft, notes: Notes): string | undefined {
  if (draft.title !== undefined) return draft.title;
  const code = draft.model ?? draft.mpn;
  if (draft.brand === undefined || code === undefined) return undefined;
  notes.push('fallback:title');
  return `${draft.brand} ${code}`;
}

const NO_TITLE = {
  code: 'MAPPING_FAILED',
  reason: 'the record has no title, and no brand with a model or part number to make one of',
} as const;

/**
 * Compiles a mapping into closures.
 *
 * @throws AssayError CONFIG_INVALID that lists every mistake.
 */
export function compileMapping(mapping: unknown, options: CompileOptions = {}): Mapping {
  const { setters, problems } = compile(mapping, options);
  problems.throwIfAny(options.source ?? 'a source');
  const fingerprint = hashHex(
    stableJson({ mapping, contract: options.contract ?? null, key: options.key ?? null, version: HARMONIZER_VERSION }),
  );
  return {
    fingerprint,
    map(raw) {
      const notes: Notes = [];
      const draft = newDraft();
      for (const set of setters) set(raw.data, draft, notes);
      const title = titleOf(draft, notes);
      if (title === undefined) return { error: NO_TITLE, notes };
      if (draft.updatedAt === undefined && raw.updatedAt > 0 && raw.updatedAt < 8.64e15)
        draft.updatedAt = new Date(raw.updatedAt).toISOString();
      return { product: productOf(draft, title), notes };
    },
  };
}
