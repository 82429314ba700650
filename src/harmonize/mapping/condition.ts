import { messageOf } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { Position, Problems } from './problems.js';
import { isMissing, isRecord, scalarText } from './values.js';

export type Condition = (value: unknown) => boolean;

export const CONDITION_KEYS = ['path', 'equals', 'in', 'matches', 'exists', 'not'] as const;

function testsOf(spec: Record<string, unknown>, path: Position, problems: Problems): Condition[] {
  const tests: Condition[] = [];
  if ('equals' in spec) {
    const wanted = scalarText(spec.equals);
    if (wanted === undefined) problems.add([...path, 'equals'], 'equals takes a text, a number or true/false');
    tests.push((value) => scalarText(value) === wanted);
  }
  if ('in' in spec) {
    const wanted = new Set(Array.isArray(spec.in) ? (spec.in as unknown[]).map(scalarText) : []);
    if (wanted.size === 0 || wanted.has(undefined))
      problems.add([...path, 'in'], 'in takes a list of texts or numbers');
    tests.push((value) => wanted.has(scalarText(value)));
  }
  if ('matches' in spec) {
    try {
      const pattern = new RegExp(String(spec.matches), 'iu');
      tests.push((value) => pattern.test(scalarText(value) ?? ''));
    } catch (error) {
      problems.add([...path, 'matches'], `not a regular expression: ${messageOf(error)}`);
    }
  }
  if ('exists' in spec) {
    if (typeof spec.exists !== 'boolean') problems.add([...path, 'exists'], 'exists takes true or false');
    tests.push((value) => !isMissing(value) === spec.exists);
  }
  return tests;
}

/** The test of one `when`: every given condition must hold for the value at its path (any element of a list). */
export function compileCondition(spec: unknown, path: Position, problems: Problems): Condition | undefined {
  if (!isRecord(spec)) {
    problems.add(path, 'when takes {path, and one of equals, in, matches, exists}');
    return undefined;
  }
  for (const name of Object.keys(spec))
    if (!(CONDITION_KEYS as readonly string[]).includes(name))
      problems.add([...path, name], `unknown key "${name}" in a condition${didYouMean(name, CONDITION_KEYS)}`);
  if (typeof spec.path !== 'string') problems.add(path, 'a condition needs "path"');
  const tests = testsOf(spec, path, problems);
  if (tests.length === 0) problems.add(path, 'a condition needs one of equals, in, matches, exists');
  const negated = spec.not === true;
  const holds: Condition = (value) => tests.every((test) => test(value));
  const any: Condition = (value) =>
    Array.isArray(value) && value.length > 0 ? (value as unknown[]).some(holds) : holds(value);
  return negated ? (value) => !any(value) : any;
}
