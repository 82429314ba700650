import { isRecord } from '../mapping/values.js';

/** One column of a sample, found at a path of its rows. */
export interface SampledColumn {
  path: string;
  samples: string[];
  /** In the words of a contract. */
  type: 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any';
  /** Every row has a value. */
  complete: boolean;
}

const DEEPEST = 3;

/** A path's spelling of a name: names with dots or brackets are quoted. */
function step(prefix: string, name: string): string {
  if (/[.[\]*"]/.test(name) || name === '$') return `${prefix}[${JSON.stringify(name)}]`;
  return prefix === '' ? name : `${prefix}.${name}`;
}

function typeOf(value: unknown): SampledColumn['type'] {
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'object' ? type : 'any';
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.length > 0 && typeof value[0] !== 'object' ? String(value[0]) : '';
  return typeof value === 'object' ? '' : String(value);
}

/** The columns of sampled rows: nested objects are opened, lists are columns of their own. In order of first appearance. */
export function columnsOf(rows: readonly unknown[]): SampledColumn[] {
  const columns = new Map<string, { values: unknown[]; nested: boolean }>();
  const visit = (row: Record<string, unknown>, prefix: string, depth: number, index: number) => {
    for (const [name, value] of Object.entries(row)) {
      const path = step(prefix, name);
      const nested = isRecord(value) && depth < DEEPEST;
      const column = columns.get(path) ?? { values: [], nested: false };
      columns.set(path, column);
      column.nested ||= nested;
      column.values[index] = value;
      if (nested) visit(value, path, depth + 1, index);
    }
  };
  rows.forEach((row, index) => {
    if (isRecord(row)) visit(row, '', 1, index);
  });
  return [...columns].flatMap(([path, { values, nested }]) => {
    if (nested) return [];
    const present = values.filter((value) => value !== undefined && value !== null && value !== '');
    const types = new Set(present.map(typeOf));
    const [only] = types;
    return [
      {
        path,
        samples: Array.from({ length: rows.length }, (_, index) => textOf(values[index])),
        type: types.size === 1 && only !== undefined ? only : 'any',
        complete: present.length === rows.length,
      },
    ];
  });
}
