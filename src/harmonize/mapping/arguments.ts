import { messageOf } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { Position, Problems } from './problems.js';
import { TRANSFORMS, type Transform, type TransformDefinition } from './transforms.js';
import { isRecord } from './values.js';

type Argument = string | number;

const WANTED: Record<TransformDefinition['takes'], (args: Argument[]) => boolean> = {
  '': (args) => args.length === 0,
  text: (args) => args.length === 1,
  number: (args) => args.length === 1 && typeof args[0] === 'number',
  'two texts': (args) => args.length === 2,
  'one or two numbers': (args) =>
    (args.length === 1 || args.length === 2) && args.every((arg) => typeof arg === 'number'),
};

function compileOne(entry: unknown, path: Position, problems: Problems): Transform | undefined {
  let name = entry;
  let args: Argument[] = [];
  if (isRecord(entry) && Object.keys(entry).length === 1) {
    [name] = Object.keys(entry);
    const given: unknown = entry[String(name)];
    args = (Array.isArray(given) ? given : [given]) as Argument[];
  }
  if (typeof name !== 'string') {
    problems.add(path, 'a transform is a name, or a name with its arguments, as in {replace: ["a", "b"]}');
    return undefined;
  }
  const definition = Object.hasOwn(TRANSFORMS, name) ? TRANSFORMS[name] : undefined;
  if (definition === undefined) {
    problems.add(path, `unknown transform "${name}"${didYouMean(name, Object.keys(TRANSFORMS))}`);
    return undefined;
  }
  const scalars = args.every((arg) => typeof arg === 'string' || typeof arg === 'number');
  if (!scalars || !WANTED[definition.takes](args)) {
    problems.add(path, `the transform "${name}" takes ${definition.takes || 'no arguments'}`);
    return undefined;
  }
  try {
    return definition.make(...args);
  } catch (error) {
    problems.add(path, `the transform "${name}" cannot be used: ${messageOf(error)}`);
    return undefined;
  }
}

/** Compiles `transform: name` or `transform: [name, {name: arguments}, …]` into one step over values and lists of values. */
export function compileTransforms(spec: unknown, path: Position, problems: Problems): Transform {
  const entries = Array.isArray(spec) ? (spec as unknown[]) : [spec];
  const steps = entries.flatMap(
    (entry, at) => compileOne(entry, Array.isArray(spec) ? [...path, at] : path, problems) ?? [],
  );
  const one: Transform = (value) => {
    let out = value;
    for (const step of steps) {
      out = step(out);
      if (out === undefined) return undefined;
    }
    return out;
  };
  return (value) => {
    if (!Array.isArray(value)) return value === undefined || value === null ? undefined : one(value);
    return (value as unknown[]).map(one).filter((item) => item !== undefined && item !== '');
  };
}
