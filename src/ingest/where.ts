import { compilePath } from './path.js';

/** What a row must say to belong to a source: by path, the value or one of the values that it has there. */
export type Where = Readonly<Record<string, WhereValue | readonly WhereValue[]>>;
export type WhereValue = string | number | boolean;

/**
 * Compiles `where`: true for the rows that belong to the source. Values are compared as texts without the blanks around
 * them, so a number matches the same number written in a CSV; a value that is missing is the empty text. A list or an
 * object never matches. Without `where` every row belongs.
 */
export function compileWhere(where: Where | undefined): (data: unknown) => boolean {
  const conditions = Object.entries(where ?? {}).map(([path, wanted]) => ({
    read: compilePath(path),
    wanted: new Set((Array.isArray(wanted) ? (wanted as WhereValue[]) : [wanted]).map((value) => String(value).trim())),
  }));
  return (data) =>
    conditions.every(({ read, wanted }) => {
      const value = read(data);
      if (typeof value === 'object' && value !== null) return false;
      return wanted.has(value === undefined || value === null ? '' : String(value).trim());
    });
}

/** `chain is 12, size is S or M`: for messages. */
export function whereText(where: Where): string {
  return Object.entries(where)
    .map(([path, wanted]) => `${path} is ${Array.isArray(wanted) ? wanted.join(' or ') : String(wanted)}`)
    .join(', ');
}
