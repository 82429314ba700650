import { didYouMean } from '../../suggest.js';
import { cleanText, foldText, isPlaceholder } from '../normalisers/index.js';
import { attributeName, nameMatcher } from './attribute-name.js';
import { attributeValue, openBag } from './bag.js';
import type { AttributeValue, Draft } from './draft.js';
import { type Compiler, compileExpression, type Evaluate } from './expression.js';
import type { Setter } from './fields/index.js';
import { cut, LIMITS } from './limits.js';
import type { Notes } from './notes.js';
import type { Position } from './problems.js';
import { firstText, isMissing, isRecord } from './values.js';

/** Keys of an attribute bag, beside those that say where it comes from. */
export const BAG_KEYS = ['from', 'rest', 'parse', 'at', 'include', 'exclude', 'rename', 'set'] as const;

/** A name that comes twice keeps both values. */
function put(name: string, value: AttributeValue, draft: Draft, notes: Notes): void {
  const known = draft.attributes.get(name);
  if (known === undefined) {
    if (draft.attributes.size >= LIMITS.attributes) notes.push('truncated:attributes');
    else draft.attributes.set(name, value);
    return;
  }
  const both = new Set([known, value].flat().map(String));
  if (both.size > 1) draft.attributes.set(name, [...both].slice(0, LIMITS.codes));
}

function nameList(spec: unknown, at: Position, compiler: Compiler): string[] {
  if (spec === undefined) return [];
  if (Array.isArray(spec) && spec.every((name) => typeof name === 'string')) return spec as string[];
  compiler.problems.add(at, 'takes a list of names; * stands for any part of one');
  return [];
}

/** Named expressions: {weight: weight_g, colour_code: {…}}. */
function compileNamed(spec: Record<string, unknown>, at: Position, compiler: Compiler): [string, Evaluate][] {
  return Object.entries(spec).flatMap(([raw, expression]): [string, Evaluate][] => {
    const name = attributeName(raw);
    if (name === '') compiler.problems.add([...at, raw], `"${raw}" is no name for an attribute`);
    return name === '' ? [] : [[name, compileExpression(expression, [...at, raw], compiler, { many: false })]];
  });
}

function setNamed(named: readonly [string, Evaluate][]): Setter {
  return (data, draft, notes) => {
    for (const [name, evaluate] of named) {
      const raw = evaluate(data, notes);
      if (isMissing(raw)) continue;
      const value = isRecord(raw) ? firstText(raw) : attributeValue(raw, notes);
      if (value !== undefined) put(name, value, draft, notes);
      else if (isRecord(raw) || Array.isArray(raw)) notes.push(`invalid:attributes`);
    }
  };
}

function checkBagKeys(spec: Record<string, unknown>, at: Position, compiler: Compiler): void {
  for (const name of Object.keys(spec))
    if (!(BAG_KEYS as readonly string[]).includes(name))
      compiler.problems.add(
        [...at, name],
        `unknown key "${name}" in an attribute bag${didYouMean(name, BAG_KEYS)}; single attributes go under "set"`,
      );
  if ('rest' in spec && ('from' in spec || spec.rest !== true))
    compiler.problems.add(
      [...at, 'rest'],
      'rest: true takes every column that no other field reads, and has no "from"',
    );
}

function bagSource(spec: Record<string, unknown>, at: Position, compiler: Compiler): Evaluate {
  if (spec.rest === true) {
    const { reads } = compiler;
    // `reads` is complete when the first record comes: every field is compiled by then.
    return (data) => {
      if (!isRecord(data)) return undefined;
      const rest: Record<string, unknown> = {};
      for (const name in data) if (Object.hasOwn(data, name) && !reads.has(name)) rest[name] = data[name];
      return rest;
    };
  }
  const { from, parse, at: inner } = spec;
  const expression = { from, ...(parse === undefined ? {} : { parse }), ...(inner === undefined ? {} : { at: inner }) };
  return compileExpression(expression, at, compiler, { many: false });
}

function compileBag(spec: Record<string, unknown>, at: Position, compiler: Compiler): Setter {
  checkBagKeys(spec, at, compiler);
  const source = bagSource(spec, at, compiler);
  const excluded = nameMatcher(nameList(spec.exclude, [...at, 'exclude'], compiler));
  const included =
    spec.include === undefined ? () => true : nameMatcher(nameList(spec.include, [...at, 'include'], compiler));
  if (
    spec.rename !== undefined &&
    !(isRecord(spec.rename) && Object.values(spec.rename).every((to) => typeof to === 'string'))
  )
    compiler.problems.add([...at, 'rename'], 'rename takes {name in the feed: name of the attribute}');
  const rename = new Map(
    Object.entries(isRecord(spec.rename) ? spec.rename : {}).map(([from, to]) => [
      attributeName(from),
      attributeName(String(to)),
    ]),
  );
  if (spec.set !== undefined && !isRecord(spec.set))
    compiler.problems.add([...at, 'set'], 'set takes {name: path or expression}');
  const set = setNamed(isRecord(spec.set) ? compileNamed(spec.set, [...at, 'set'], compiler) : []);
  return (data, draft, notes) => {
    const bag = source(data, notes);
    if (typeof bag === 'string' && !isMissing(bag)) notes.push('invalid:attributes');
    openBag(
      bag,
      (name, value) => {
        if (included(name) && !excluded(name)) put(rename.get(name) ?? name, value, draft, notes);
      },
      notes,
    );
    set(data, draft, notes);
  };
}

/** `attributes`: a path to a bag, a bag {from, parse, exclude, …}, {name: expression, …}, or a list of these. */
export function compileAttributes(spec: unknown, at: Position, compiler: Compiler): Setter {
  if (Array.isArray(spec)) {
    const setters = (spec as unknown[]).map((one, index) => compileAttributes(one, [...at, index], compiler));
    return (data, draft, notes) => {
      for (const set of setters) set(data, draft, notes);
    };
  }
  if (typeof spec === 'string') return compileBag({ from: spec }, at, compiler);
  if (!isRecord(spec)) {
    compiler.problems.add(
      at,
      'attributes takes a bag {from: path, …}, {rest: true}, {name: path, …}, or a list of these',
    );
    return () => undefined;
  }
  if (typeof spec.from === 'string' || 'rest' in spec) return compileBag(spec, at, compiler);
  return setNamed(compileNamed(spec, at, compiler));
}

/** `variants`: {name: expression}; values are folded, since they are compared for equality. */
export function compileVariants(spec: unknown, at: Position, compiler: Compiler): Setter {
  if (!isRecord(spec)) {
    compiler.problems.add(at, 'variants takes {name: path or expression, …}');
    return () => undefined;
  }
  const named = compileNamed(spec, at, compiler);
  return (data, draft, notes) => {
    for (const [name, evaluate] of named) {
      const raw = evaluate(data, notes);
      if (isMissing(raw)) continue;
      const text = firstText(raw);
      if (text === undefined) notes.push('invalid:variants');
      else {
        const value = foldText(cleanText(cut(text, LIMITS.text, 'variants', notes)));
        if (!isPlaceholder(value)) draft.variants.set(name, value);
      }
    }
  };
}
