import { parseNumber } from '../normalisers/index.js';
import type { FieldType } from './contract.js';

/** Absent, null or empty text: columns of a CSV are always there. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The type of a value in the words of a contract. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

const FLAG = /^(?:true|false|yes|no|[01yn])$/i;
const NOT_NUMERIC = /[^\d\s.,'’+\-eE]/;

/** Text counts as a number or a flag when it reads as one: CSV and XML know no other type. */
export function hasType(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    case 'number':
      if (typeof value === 'number') return true;
      return typeof value === 'string' && value.length < 40 && isNumeric(value.trim());
    case 'boolean':
      return typeof value === 'boolean' || (typeof value === 'string' && FLAG.test(value.trim()));
    case 'string':
      return typeof value === 'string';
  }
}

function isNumeric(text: string): boolean {
  if (NOT_NUMERIC.test(text)) return false;
  return parseNumber(text.replace(/^[+-]\s*/, '')) !== undefined || Number.isFinite(Number(text));
}
