/** Reads a value out of a record; undefined where there is none. Never throws. */
export type Reader = (data: unknown) => unknown;

type Step = { name: string } | { index: number } | 'each';

const TOKEN = /\s*(?:\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+)|(\*))\s*\]|\.?([^.[\]]+))/y;

/** The steps of a path, or why it is none. */
export function parsePath(path: string): Step[] | { reason: string } {
  if (path.trim() === '') return { reason: 'a path must not be empty' };
  if (path === '$') return [];
  const text = path.startsWith('$.') || path.startsWith('$[') ? path.slice(1) : path;
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) return { reason: `the path "${path}" cannot be read at "${text.slice(at)}"` };
    const quoted = match[1] ?? match[2];
    if (quoted !== undefined) steps.push({ name: quoted.replace(/\\(.)/g, '$1') });
    else if (match[3] !== undefined) steps.push({ index: Number(match[3]) });
    else if (match[4] !== undefined || match[5] === '*') steps.push('each');
    else steps.push({ name: match[5]!.trim() });
  }
  return steps;
}

const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

function readName(name: string): Reader {
  // JSON data inherits from Object.prototype alone, so only its names need the slower test.
  if (INHERITED.has(name))
    return (data) =>
      data !== null && typeof data === 'object' && Object.hasOwn(data, name)
        ? (data as Record<string, unknown>)[name]
        : undefined;
  const position = /^\d{1,9}$/.test(name) ? Number(name) : undefined;
  return (data) => {
    if (data === null || typeof data !== 'object') return undefined;
    if (Array.isArray(data)) return position === undefined ? undefined : (data[position] as unknown);
    return (data as Record<string, unknown>)[name];
  };
}

function readEach(rest: Reader): Reader {
  return (data) => {
    if (data === null || typeof data !== 'object') return undefined;
    const out: unknown[] = [];
    for (const item of Array.isArray(data) ? (data as unknown[]) : Object.values(data)) {
      const value = rest(item);
      if (Array.isArray(value)) for (const part of value as unknown[]) out.push(part);
      else if (value !== undefined && value !== null) out.push(value);
    }
    return out.length === 0 ? undefined : out;
  };
}

function chain(steps: readonly Step[], at: number): Reader {
  const step = steps[at];
  if (step === undefined) return (data) => data;
  const rest = at + 1 === steps.length ? undefined : chain(steps, at + 1);
  if (step === 'each') return readEach(rest ?? ((data) => data));
  const read: Reader =
    'name' in step ? readName(step.name) : (data) => (Array.isArray(data) ? (data[step.index] as unknown) : undefined);
  return rest === undefined ? read : (data) => rest(read(data));
}

/** A record's own key that is literally called like the whole path, dots and brackets included, wins over the steps. */
function withLiteral(path: string, read: Reader): Reader {
  const literal = readName(path);
  return (data) => literal(data) ?? read(data);
}

/**
 * Compiles a path: `name`, `data.items[0].name`, `["weird.col"]`, `offers.*.price` or `offers[*].price` (a list of all), `$` (the whole
 * record). Names may hold spaces. Gives the reason instead where it is no path.
 */
export function compilePath(path: string): Reader | { reason: string } {
  const steps = parsePath(path);
  if (!Array.isArray(steps)) return steps;
  const read = chain(steps, 0);
  return /[.[*]/.test(path) ? withLiteral(path, read) : read;
}

/** The top-level field a path reads; undefined for `$` and for wildcards at the top. */
export function topField(path: string): string | undefined {
  const steps = parsePath(path);
  const first = Array.isArray(steps) ? steps[0] : undefined;
  return typeof first === 'object' && 'name' in first ? first.name : undefined;
}
