import type { Secrets } from './secrets.js';
import type { Path } from './yaml-file.js';

/** `$${` is a literal `${`; a reference is `${NAME}` or `${NAME:-default}`; anything else after `${` is a mistake. */
const REFERENCE = /\$\$\{|\$\{(?:([A-Z_][A-Z0-9_]*)(?::-([^}]*))?\}|([^}]*)\}?)/g;

export interface Expansion {
  value: unknown;
  /** JSON pointers of the strings that held a reference, with the text as written. */
  written: Map<string, string>;
}

export interface ExpandOptions {
  env: NodeJS.ProcessEnv;
  secrets: Secrets;
  /** Called for each mistake. */
  wrong: (path: Path, message: string) => void;
  /** Top-level key whose strings are left alone. */
  except?: string;
}

/** Expands the environment references in every string below `value`, which stays untouched. */
export function expandEnvironment(value: unknown, options: ExpandOptions): Expansion {
  const written = new Map<string, string>();
  const expand = (item: unknown, path: Path): unknown => {
    if (options.except !== undefined && path[0] === options.except) return item;
    if (typeof item === 'string' && item.includes('${')) {
      const text = expandText(item, path, options);
      if (text !== item) written.set(pointer(path), item);
      return text;
    }
    if (Array.isArray(item)) return item.map((child, i) => expand(child, [...path, i]));
    if (item === null || typeof item !== 'object') return item;
    return Object.fromEntries(Object.entries(item).map(([key, child]) => [key, expand(child, [...path, key])]));
  };
  return { value: expand(value, []), written };
}

function expandText(text: string, path: Path, { env, secrets, wrong }: ExpandOptions): string {
  return text.replace(REFERENCE, (whole, name?: string, fallback?: string, other?: string) => {
    if (other !== undefined) {
      wrong(
        path,
        `\${${other}} is no reference: write \${NAME} or \${NAME:-default} in capitals, or $\${ for the characters \${`,
      );
      return whole;
    }
    if (name === undefined) return '${';
    const value = env[name];
    if (value !== undefined && value !== '') {
      secrets.add(name, value);
      return value;
    }
    if (fallback === undefined)
      wrong(path, `the environment variable ${name} is not set; set it, or write \${${name}:-default}`);
    return fallback ?? whole;
  });
}

export function pointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function fromPointer(text: string): string[] {
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
