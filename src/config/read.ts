import type { TSchema } from '@sinclair/typebox';
import { expandEnvironment, pointer } from './environment.js';
import type { Mistakes } from './mistakes.js';
import { secretValues } from './secret-values.js';
import { HIDDEN, type Secrets } from './secrets.js';
import { validate } from './validate.js';
import { readYaml, type YamlFile } from './yaml-file.js';

/** One file, read against its schema. */
export interface Reading<T> {
  yaml: YamlFile;
  /** Checked, defaults filled, references expanded; keys as in the file. */
  value: T;
  /** The same with references as written and passwords masked: safe to print. */
  shown: unknown;
  /** False when something is wrong with the file: `value` may then be of any shape. */
  valid: boolean;
}

export interface ReadContext {
  env: NodeJS.ProcessEnv;
  secrets: Secrets;
  mistakes: Mistakes;
}

/**
 * Reads a YAML file, expands references and checks it. `schemaFor` sees the expanded value first, so that a part of the
 * schema may depend on it (a connector's options on its type). Mistakes go to `context`; undefined when it is not YAML.
 *
 * @param except top-level key below which `${…}` is not a reference to the environment.
 */
export function read<T>(
  file: string,
  schemaFor: (value: unknown) => TSchema,
  context: ReadContext,
  except?: string,
): Reading<T> | undefined {
  const { env, secrets, mistakes } = context;
  const yaml = readYaml(file, mistakes);
  if (!yaml) return undefined;
  const before = mistakes.size;
  const plain: unknown = yaml.document.toJS() ?? {};
  const { value, written } = expandEnvironment(plain, {
    env,
    secrets,
    wrong: (path, message) => mistakes.add(file, yaml.line(path), message),
    ...(except === undefined ? {} : { except }),
  });
  const schema = schemaFor(value);
  const checked = validate(schema, value, written);
  for (const { path, message } of checked.complaints) mistakes.add(file, yaml.line(path), message);
  const valid = mistakes.size === before;
  const masked = new Map(written);
  if (valid)
    for (const [path, text] of secretValues(schema, checked.value))
      if (!written.has(path)) {
        secrets.hide(text);
        masked.set(path, HIDDEN);
      }
  return { yaml, value: checked.value as T, shown: asWritten(checked.value, masked), valid };
}

function asWritten(value: unknown, written: ReadonlyMap<string, string>, path: string[] = []): unknown {
  const text = written.get(pointer(path));
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map((item, i) => asWritten(item, written, [...path, String(i)]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, asWritten(item, written, [...path, key])]),
  );
}
