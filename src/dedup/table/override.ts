import { AssayError } from '../../errors.js';
import type { Column } from './infer.js';
import { isRole, ROLES, type Role } from './roles.js';

/** One `[table.]column=role` of the command line. */
export interface Override {
  column: string;
  role: Role;
  /** As written, for messages. */
  text: string;
}

export const COLUMNS_HELP =
  'set what columns mean, over what is inferred: [TABLE.]COLUMN=ROLE, comma-separated, for example ' +
  '"left.name=title,maker=brand,notes=ignore"; put a column name that holds , or = in double quotes; roles: ' +
  ROLES.join(', ');

/**
 * Reads `--columns`: `left.name=title,right."net weight, g"=attribute,notes=ignore`.
 * @throws AssayError USAGE for a part that is not COLUMN=ROLE or a role that does not exist
 */
export function parseOverrides(text: string): Override[] {
  return splitOutsideQuotes(text, ',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const sides = splitOutsideQuotes(part, '=');
      const column = sides.slice(0, -1).join('=').trim().replaceAll('"', '');
      const role = sides.at(-1)!.trim().toLowerCase();
      if (sides.length < 2 || column === '')
        throw new AssayError('USAGE', `--columns: "${part.trim()}" is not COLUMN=ROLE`);
      const known = role === 'color' ? 'colour' : role;
      if (!isRole(known))
        throw new AssayError('USAGE', `--columns: there is no role "${role}"; the roles are ${ROLES.join(', ')}`);
      return { column, role: known, text: part.trim() };
    });
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (char === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/**
 * Applies the overrides to each table's columns, in place. A column named without a table is meant in every table that has it.
 * @param tables by the names that may stand before the dot
 * @throws AssayError USAGE for a column that no table has
 */
export function applyOverrides(tables: ReadonlyMap<string, Column[]>, overrides: readonly Override[]): void {
  for (const override of overrides) {
    const meant = meantColumns(tables, override.column);
    if (meant.length === 0) {
      const names = [...tables].map(([table, columns]) => `${table}: ${columns.map(({ name }) => name).join(', ')}`);
      throw new AssayError('USAGE', `--columns: no table has the column of "${override.text}" (${names.join('; ')})`);
    }
    for (const { columns, column } of meant) {
      if (override.role === 'id') for (const other of columns) if (other.role === 'id') demote(other);
      column.role = override.role;
      column.why = '--columns';
    }
  }
}

function demote(column: Column): void {
  column.role = 'ignore';
  column.why = 'another column is the id';
}

function meantColumns(tables: ReadonlyMap<string, Column[]>, name: string) {
  const found: { columns: Column[]; column: Column }[] = [];
  for (const [table, columns] of tables) {
    const column =
      columns.find((one) => one.name === name) ??
      (name.startsWith(`${table}.`) ? columns.find((one) => one.name === name.slice(table.length + 1)) : undefined);
    if (column !== undefined) found.push({ columns, column });
  }
  return found;
}
