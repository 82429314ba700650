import { Kind, type TSchema } from '@sinclair/typebox';
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors';
import { Value } from '@sinclair/typebox/value';
import { didYouMean } from '../suggest.js';
import { closed } from './closed.js';
import { withDefaults } from './defaults.js';
import { fromPointer } from './environment.js';
import { expectation, literals } from './expectation.js';

export interface Complaint {
  path: string[];
  message: string;
}

/**
 * Checks `value` against `schema`, fills defaults and returns everything that is wrong. Keys that the schema does not know
 * are wrong. Strings in `written` (pointer → text as written) came from the environment: they are read as a number or a
 * boolean where the schema wants one, and messages quote the text as written.
 */
export function validate(
  schema: TSchema,
  value: unknown,
  written: ReadonlyMap<string, string> = new Map(),
): { value: unknown; complaints: Complaint[] } {
  const strict = closed(schema);
  const filled = withDefaults(strict, structuredClone(value));
  for (const error of Value.Errors(strict, filled)) {
    const typed = written.has(error.path) ? typedValue(error.schema, error.value) : undefined;
    if (typed !== undefined) set(filled, fromPointer(error.path), typed);
  }
  const complaints: Complaint[] = [];
  const told = new Set<string>();
  for (const error of Value.Errors(strict, filled)) {
    for (const complaint of explain(error, written)) {
      const key = `/${complaint.path.join('/')}`;
      if ([...told].some((parent) => key === parent || key.startsWith(`${parent}/`))) continue;
      told.add(key);
      complaints.push(complaint);
    }
  }
  return { value: filled, complaints };
}

function explain(error: ValueError, written: ReadonlyMap<string, string>): Complaint[] {
  const path = fromPointer(error.path);
  const name = path.at(-1) ?? '';
  switch (error.type) {
    case ValueErrorType.ObjectAdditionalProperties: {
      const known = Object.keys((error.schema.properties as Record<string, TSchema> | undefined) ?? {});
      return [{ path, message: `unknown key "${name}"${didYouMean(name, known)}${knownKeys(name, known)}` }];
    }
    case ValueErrorType.ObjectRequiredProperty:
      return [{ path, message: `"${name}" is missing: ${expectation(error.schema)}` }];
    case ValueErrorType.Union:
      return explainUnion(error, written);
    default:
      return [{ path, message: wrong(error, path, written) }];
  }
}

/** Goes on with the variant that the writer most likely meant: the one whose first disagreement lies deepest. */
function explainUnion(error: ValueError, written: ReadonlyMap<string, string>): Complaint[] {
  const path = fromPointer(error.path);
  if (literals(error.schema)) return [{ path, message: wrong(error, path, written) }];
  const variants = error.errors.map((errors) => [...errors]);
  const misread = (e: ValueError) => e.path === error.path || e.type === ValueErrorType.Literal;
  const meant = variants
    .filter((errors) => errors.length > 0 && !errors.some(misread))
    .sort((a, b) => a.length - b.length)[0];
  if (!meant) return [explainKind(variants, written) ?? { path, message: wrong(error, path, written) }];
  return meant.flatMap((inner) => explain(inner, written));
}

/** When every variant is refused by the same constant (its `type`), the mistake is that key's. */
function explainKind(variants: ValueError[][], written: ReadonlyMap<string, string>): Complaint | undefined {
  const kinds = variants.map((errors) => errors.find((e) => e.type === ValueErrorType.Literal));
  const first = kinds[0];
  if (!first || !kinds.every((kind) => kind?.path === first.path)) return undefined;
  const path = fromPointer(first.path);
  const choices = kinds.map((kind) => String(kind!.schema.const));
  const value = written.get(first.path) ?? String(first.value);
  return {
    path,
    message: `"${path.at(-1)}" must be one of ${choices.join(', ')}, not "${value}"${didYouMean(value, choices)}`,
  };
}

function wrong(error: ValueError, path: string[], written: ReadonlyMap<string, string>): string {
  const name = path.at(-1);
  const subject = name === undefined ? 'the file' : `"${name}"`;
  const choices = literals(error.schema) ?? someLiterals(error.schema);
  const quoted = written.get(error.path) ?? (typeof error.value === 'object' ? undefined : error.value);
  const value = quoted === undefined ? '' : `, not ${JSON.stringify(quoted)}`;
  const hint = typeof quoted === 'string' ? didYouMean(quoted, choices.map(String)) : '';
  return `${subject} must be ${expectation(error.schema)}${value}${hint}`;
}

/** The constants among the variants of a choice that also allows other things. */
function someLiterals(schema: TSchema): (string | number | boolean)[] {
  return ((schema.anyOf as TSchema[] | undefined) ?? []).flatMap((variant) => literals(variant) ?? []);
}

function knownKeys(name: string, known: string[]): string {
  if (known.length === 0 || didYouMean(name, known) !== '') return '';
  return `; known here: ${known.join(', ')}`;
}

function typedValue(schema: TSchema, value: unknown): number | boolean | undefined {
  if (typeof value !== 'string') return undefined;
  const wants = (kind: string) =>
    schema[Kind] === kind || (schema.anyOf as TSchema[] | undefined)?.some((variant) => variant[Kind] === kind);
  if ((wants('Integer') || wants('Number')) && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  if (wants('Boolean') && /^(true|false)$/.test(value)) return value === 'true';
  return undefined;
}

function set(target: unknown, path: string[], value: unknown): void {
  const last = path.at(-1);
  let holder = target as Record<string, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  if (last !== undefined) holder[last] = value;
}
