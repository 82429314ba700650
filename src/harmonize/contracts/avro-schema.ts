import { compareText } from '../../records.js';
import { avroName } from './avro-name.js';
import type { Contract, FieldType } from './contract.js';

/** A contract's fields as the registry keeps them, and what its answers call them. */
export interface ContractSchema {
  subject: string;
  /** Avro in JSON. */
  schema: string;
  /** Path by Avro name, for the names that differ. */
  paths: ReadonlyMap<string, string>;
}

/** The values of a list or an object: JSON text, since a contract says no more of them. */
const TYPES: Readonly<Record<FieldType, readonly unknown[]>> = {
  string: ['string'],
  number: ['double'],
  boolean: ['boolean'],
  array: [{ type: 'array', items: 'string' }],
  object: [{ type: 'map', values: 'string' }],
  any: ['boolean', 'double', 'string', { type: 'array', items: 'string' }, { type: 'map', values: 'string' }],
};

/**
 * The contract as an Avro record: one field a path, in the order of paths, so that the order of lines in the file says
 * nothing. A required field has no default and no null; any other may be null and is null where it is absent. So schema
 * resolution answers what matters of a change: a field that became required, was retyped, or was widened to `any`.
 * Policies are no part of it: they say what is done, not what records look like.
 */
export function contractSchema(contract: Pick<Contract, 'name' | 'fields'>): ContractSchema {
  const paths = new Map<string, string>();
  const fields = Object.entries(contract.fields)
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, { type, required }]) => {
      const name = avroName(path);
      if (name !== path) paths.set(name, path);
      const branches = required ? TYPES[type] : ['null', ...TYPES[type]];
      return {
        name,
        ...(name === path ? {} : { path }),
        type: branches.length === 1 ? branches[0] : branches,
        ...(required ? {} : { default: null }),
      };
    });
  const schema = { type: 'record', name: avroName(contract.name), namespace: 'assay.contract', fields };
  return { subject: contractSubject(contract.name), schema: JSON.stringify(schema), paths };
}

export function contractSubject(name: string): string {
  return `contract-${name}`;
}

/** A registry's reason in the words of a contract file. */
export function explainReason(reason: string, paths: ReadonlyMap<string, string>): string {
  return reason
    .replace(/(field "[^"]*": ).* cannot read null/g, '$1it was optional and is required now')
    .replace(/(field "[^"]*": )null cannot read .*/g, '$1it was required and is optional now')
    .replace(/none of null, ([^;]*) can read null/g, '$1')
    .replaceAll('it has no default and was not written', 'it is required, and was not in the contract')
    .replaceAll(/\bdouble\b/g, 'number')
    .replaceAll(/\bmap\b/g, 'object')
    .replaceAll(/[A-Za-z_]\w*/g, (name) => paths.get(name) ?? name);
}
