import { didYouMean } from '../../suggest.js';
import { isPlaceholder } from '../normalisers/index.js';
import { compileCondition } from './condition.js';
import { compileModifiers, MODIFIERS } from './modifiers.js';
import type { Notes } from './notes.js';
import { compilePath, type Reader, topField } from './path.js';
import type { Position, Problems } from './problems.js';
import { firstText, isMissing, isRecord } from './values.js';

/** Computes a value from a record. Never throws. */
export type Evaluate = (data: unknown, notes: Notes) => unknown;

/** What compiling collects besides closures. */
export interface Compiler {
  problems: Problems;
  /** Top-level fields of the record that some expression reads. */
  reads: Set<string>;
}

/** Where a value comes from; an expression has exactly one of them. */
export const ORIGINS = ['from', 'first', 'all', 'const', 'template', 'when'] as const;

const nothing: Evaluate = () => undefined;

/** Reads a path and remembers which field it touches. */
export function readPath(path: unknown, at: Position, compiler: Compiler): Reader {
  if (typeof path !== 'string') {
    compiler.problems.add(at, 'a path is a text such as name, offers[0].price or ["odd name"]');
    return () => undefined;
  }
  const read = compilePath(path);
  if (typeof read !== 'function') {
    compiler.problems.add(at, read.reason);
    return () => undefined;
  }
  compiler.reads.add(path);
  const field = topField(path);
  if (field !== undefined) compiler.reads.add(field);
  return read;
}

function isUsable(value: unknown): boolean {
  return !isMissing(value) && !(typeof value === 'string' && isPlaceholder(value));
}

function firstOf(parts: readonly Evaluate[]): Evaluate {
  return (data, notes) => {
    for (const part of parts) {
      const value = part(data, notes);
      if (isUsable(value)) return value;
    }
    return undefined;
  };
}

function allOf(parts: readonly Evaluate[]): Evaluate {
  return (data, notes) => {
    const out: unknown[] = [];
    for (const part of parts) {
      const value = part(data, notes);
      if (Array.isArray(value)) out.push(...(value as unknown[]));
      else if (!isMissing(value)) out.push(value);
    }
    return out.length === 0 ? undefined : out;
  };
}

const SLOT = /\$\{([^}]*)\}/g;

/** `"${brand} ${model}"`: a missing part leaves nothing; with every part missing there is no value. */
function compileTemplate(spec: unknown, at: Position, compiler: Compiler): Evaluate {
  if (typeof spec !== 'string' || !spec.includes('${')) {
    compiler.problems.add(at, 'template takes a text with paths in braces after a dollar sign');
    return nothing;
  }
  const texts: string[] = [];
  const readers: Reader[] = [];
  let from = 0;
  for (const match of spec.matchAll(SLOT)) {
    texts.push(spec.slice(from, match.index));
    readers.push(readPath(match[1], at, compiler));
    from = match.index + match[0].length;
  }
  const tail = spec.slice(from);
  return (data) => {
    let out = '';
    let filled = false;
    for (let i = 0; i < readers.length; i++) {
      const part = firstText(readers[i]!(data)) ?? '';
      if (part !== '') filled = true;
      out += texts[i]! + part;
    }
    return filled ? (out + tail).trim() : undefined;
  };
}

function compileWhen(spec: Record<string, unknown>, at: Position, compiler: Compiler, many: boolean): Evaluate {
  const given = Array.isArray(spec.when) ? (spec.when as unknown[]) : [spec.when];
  const tests = given.flatMap((one, index) => {
    const place = Array.isArray(spec.when) ? [...at, 'when', index] : [...at, 'when'];
    const condition = compileCondition(one, place, compiler.problems);
    if (condition === undefined || !isRecord(one)) return [];
    const read = readPath(one.path, [...place, 'path'], compiler);
    return [(data: unknown) => condition(read(data))];
  });
  if (!('then' in spec)) compiler.problems.add(at, 'when needs "then"');
  const yes = 'then' in spec ? compileExpression(spec.then, [...at, 'then'], compiler, { many }) : nothing;
  const no = 'else' in spec ? compileExpression(spec.else, [...at, 'else'], compiler, { many }) : nothing;
  return (data, notes) => (tests.every((test) => test(data)) ? yes(data, notes) : no(data, notes));
}

function compileList(spec: unknown, at: Position, compiler: Compiler, many: boolean): Evaluate[] {
  if (!Array.isArray(spec) || spec.length === 0) {
    compiler.problems.add(at, 'takes a list of paths or expressions');
    return [];
  }
  return (spec as unknown[]).map((part, index) => compileExpression(part, [...at, index], compiler, { many }));
}

function compileOrigin(spec: Record<string, unknown>, at: Position, compiler: Compiler, many: boolean): Evaluate {
  const origins = ORIGINS.filter((name) => Object.hasOwn(spec, name));
  const [origin] = origins;
  if (origin === undefined || origins.length > 1) {
    const given = origins.length > 1 ? `, not ${origins.join(' and ')}` : '';
    compiler.problems.add(at, `an expression has exactly one of ${ORIGINS.join(', ')}${given}`);
    return nothing;
  }
  const place = [...at, origin];
  switch (origin) {
    case 'from':
      return readPath(spec.from, place, compiler);
    case 'first':
      return firstOf(compileList(spec.first, place, compiler, many));
    case 'all':
      return allOf(compileList(spec.all, place, compiler, true));
    case 'const': {
      const value = spec.const;
      return () => value;
    }
    case 'template':
      return compileTemplate(spec.template, place, compiler);
    case 'when':
      return compileWhen(spec, at, compiler, many);
  }
}

/**
 * Compiles what stands on the right of a field: a path; a list (of a field with many values all of them, else the first that has a
 * value); or a mapping with one origin and modifiers. `options` are further keys that the field understands.
 */
export function compileExpression(
  spec: unknown,
  at: Position,
  compiler: Compiler,
  { many, options = [] }: { many: boolean; options?: readonly string[] },
): Evaluate {
  if (typeof spec === 'string') return readPath(spec, at, compiler);
  if (Array.isArray(spec)) {
    const parts = compileList(spec, at, compiler, many);
    return many ? allOf(parts) : firstOf(parts);
  }
  if (!isRecord(spec)) {
    compiler.problems.add(at, 'must be a path, a list of paths, or a mapping such as {const: …}');
    return nothing;
  }
  const known = [...ORIGINS, 'then', 'else', ...MODIFIERS, ...options];
  for (const name of Object.keys(spec))
    if (!known.includes(name)) compiler.problems.add([...at, name], `unknown key "${name}"${didYouMean(name, known)}`);
  const origin = compileOrigin(spec, at, compiler, many);
  const modifiers = compileModifiers(spec, at, compiler.problems);
  if (modifiers.length === 0) return origin;
  return (data, notes) => {
    let value = origin(data, notes);
    for (const modify of modifiers) value = modify(value, notes);
    return value;
  };
}
