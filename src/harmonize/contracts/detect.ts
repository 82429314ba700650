import { compilePath, type Reader } from '../mapping/path.js';
import { isRecord } from '../mapping/values.js';
import type { Contract, Deviation, Policy } from './contract.js';
import { type ContractNode, plantContract } from './tree.js';
import { hasType, isAbsent, typeName } from './types.js';

/** Finds how a record departs from its contract. Pure; never throws. An empty list: not at all. */
export type Detector = (data: unknown) => readonly Deviation[];

const NONE: readonly Deviation[] = [];

/** Readers of the required fields that lie at one place; those under a `*` are looked for where their parent is. */
function requiredFields(contract: Contract): { path: string; read: Reader }[] {
  return Object.entries(contract.fields).flatMap(([path, { required }]) => {
    const read = compilePath(path);
    return required && !/\*|\[\d/.test(path) && typeof read === 'function' ? [{ path, read }] : [];
  });
}

function missing(field: string, policy: Policy): Deviation {
  return { kind: 'missing_field', field, policy, reason: `the required field "${field}" is missing or empty` };
}

function quote(value: unknown): string {
  return typeof value === 'string' ? ` (${JSON.stringify(value.slice(0, 40))})` : '';
}

/** Walks one record. Names are joined to paths only for what departs: most records depart in nothing. */
class Walk {
  readonly found: Deviation[] = [];
  readonly #policy: Contract['policy'];

  constructor(policy: Contract['policy']) {
    this.#policy = policy;
  }

  visit(node: ContractNode, value: unknown, prefix: string): void {
    if (Array.isArray(value)) {
      const { each } = node;
      if (each === undefined) return;
      for (let at = 0; at < value.length; at++) this.#check(each, value, at, prefix, '*');
      return;
    }
    if (!isRecord(value) || (node.children === undefined && node.each === undefined)) return;
    for (const name of node.required)
      if (isAbsent(value[name])) this.found.push(missing(prefix + name, this.#policy.missingField));
    // JSON data inherits no enumerable property.
    for (const name in value) {
      const child = node.children?.get(name);
      if (child !== undefined) this.#check(child, value, name, prefix, name);
      else if (node.each !== undefined) this.#check(node.each, value, name, prefix, '*');
      else if (value[name] !== undefined) this.#isNew(value, name, prefix);
    }
  }

  #check(node: ContractNode, holder: object, name: string | number, prefix: string, shown: string): void {
    const value = (holder as Record<string | number, unknown>)[name];
    if (isAbsent(value)) return;
    if (!hasType(value, node.type)) {
      const field = prefix + shown;
      const reason = `the field "${field}" should be ${node.type} and is ${typeName(value)}${quote(value)}`;
      this.found.push({ kind: 'retyped_field', field, policy: this.#policy.retypedField, reason, holder, name });
    } else if (typeof value === 'object') this.visit(node, value, `${prefix}${shown}.`);
  }

  #isNew(holder: object, name: string, prefix: string): void {
    const field = prefix + name;
    const reason = `the field "${field}" is new`;
    this.found.push({ kind: 'new_field', field, policy: this.#policy.newField, reason, holder, name });
  }
}

/**
 * Compiles a contract. New fields are looked for at the top and in objects of which the contract names a field; an object without named
 * parts is taken as it is. A record that is no object always goes to quarantine.
 */
export function compileContract(contract: Contract): Detector {
  const root = plantContract(contract);
  const required = requiredFields(contract);
  return (data) => {
    if (!isRecord(data)) {
      const reason = `the record is ${typeName(data)}, not an object`;
      return [{ kind: 'retyped_field', field: '$', policy: 'quarantine', reason }];
    }
    const walk = new Walk(contract.policy);
    for (const { path, read } of required)
      if (isAbsent(read(data))) walk.found.push(missing(path, contract.policy.missingField));
    walk.visit(root, data, '');
    return walk.found.length === 0 ? NONE : walk.found;
  };
}
