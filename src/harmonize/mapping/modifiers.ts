import { didYouMean } from '../../suggest.js';
import { cleanText, foldText } from '../normalisers/index.js';
import { compileTransforms } from './arguments.js';
import type { Notes } from './notes.js';
import { compilePath } from './path.js';
import type { Position, Problems } from './problems.js';
import { allTexts, isMissing, isRecord, scalarText } from './values.js';

export type Modifier = (value: unknown, notes: Notes) => unknown;

/** In the order in which they are applied, whatever the order in the file. */
export const MODIFIERS = ['parse', 'at', 'split', 'pick', 'transform', 'lookup', 'join', 'default'] as const;
type Name = (typeof MODIFIERS)[number];

type Compile = (spec: unknown, path: Position, problems: Problems) => Modifier | undefined;

/** JSON held as text. The last text is remembered: a record's fields often read the same column. */
function parseJson(): Modifier {
  let lastText: string | undefined;
  let lastValue: unknown;
  return (value, notes) => {
    if (typeof value !== 'string' || value.trim() === '') return typeof value === 'string' ? undefined : value;
    if (value !== lastText) {
      try {
        lastValue = JSON.parse(value) as unknown;
        lastText = value;
      } catch {
        notes.push('invalid:json');
        return undefined;
      }
    }
    return lastValue;
  };
}

const compileParse: Compile = (spec, path, problems) => {
  if (spec === 'json') return parseJson();
  problems.add(path, `parse takes json${typeof spec === 'string' ? didYouMean(spec, ['json']) : ''}`);
  return undefined;
};

const compileAt: Compile = (spec, path, problems) => {
  const read = typeof spec === 'string' ? compilePath(spec) : { reason: 'at takes a path' };
  if (typeof read === 'function') return (value) => read(value);
  problems.add(path, read.reason);
  return undefined;
};

const compileSplit: Compile = (spec, path, problems) => {
  const marks = Array.isArray(spec) ? (spec as unknown[]) : [spec];
  if (!marks.every((mark): mark is string => typeof mark === 'string' && mark !== '') || marks.length === 0) {
    problems.add(path, 'split takes a separator, or a list of separators');
    return undefined;
  }
  const [first, ...others] = marks;
  return (value) =>
    allTexts(value).flatMap((text) =>
      others
        .reduce((joined, mark) => joined.replaceAll(mark, first!), text)
        .split(first!)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );
};

const compilePick: Compile = (spec, path, problems) => {
  if (!Number.isInteger(spec)) {
    problems.add(path, 'pick takes a position from 0, or from -1 backwards');
    return undefined;
  }
  return (value) =>
    Array.isArray(value) ? (value.at(spec as number) as unknown) : spec === 0 || spec === -1 ? value : undefined;
};

/** Keys are compared folded, so `"PS 4"` and `ps 4` are one. */
const compileLookup: Compile = (spec, path, problems) => {
  if (!isRecord(spec) || !isRecord(spec.table)) {
    problems.add(path, 'lookup takes {table: {from: to, …}, default: value, keep: true}');
    return undefined;
  }
  const known = ['table', 'default', 'keep'];
  for (const name of Object.keys(spec))
    if (!known.includes(name))
      problems.add([...path, name], `unknown key "${name}" in lookup${didYouMean(name, known)}`);
  const table = new Map(Object.entries(spec.table).map(([from, to]) => [foldText(cleanText(from)), to]));
  const { default: otherwise, keep } = spec;
  const one = (value: unknown): unknown => {
    const text = scalarText(value);
    const found = text === undefined ? undefined : table.get(foldText(cleanText(text)));
    return found ?? otherwise ?? (keep === true ? value : undefined);
  };
  return (value) =>
    Array.isArray(value)
      ? (value as unknown[]).map(one).filter((item) => item !== undefined)
      : value === undefined
        ? undefined
        : one(value);
};

const compileJoin: Compile = (spec, path, problems) => {
  if (typeof spec !== 'string') {
    problems.add(path, 'join takes the text to put between');
    return undefined;
  }
  return (value) => {
    const texts = allTexts(value);
    return texts.length === 0 ? undefined : texts.join(spec);
  };
};

const compileDefault: Compile = (spec) => (value) => (isMissing(value) ? spec : value);

const COMPILERS: Record<Name, Compile> = {
  parse: compileParse,
  at: compileAt,
  split: compileSplit,
  pick: compilePick,
  transform: compileTransforms,
  lookup: compileLookup,
  join: compileJoin,
  default: compileDefault,
};

/** Compiles the modifiers of an expression, in their fixed order. */
export function compileModifiers(spec: Record<string, unknown>, path: Position, problems: Problems): Modifier[] {
  return MODIFIERS.flatMap((name) =>
    Object.hasOwn(spec, name) ? (COMPILERS[name](spec[name], [...path, name], problems) ?? []) : [],
  );
}
