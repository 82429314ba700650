import { compilePath, parsePath, type Reader } from '../mapping/path.js';
import { isRecord } from '../mapping/values.js';
import type { Contract, Deviation, FieldType, Policy } from './contract.js';
import { hasType, isAbsent, typeName } from './types.js';

/** What the contract says at one place of a record. */
interface Node {
  type: FieldType;
  required: boolean;
  children: Map<string, Node> | undefined;
  /** The node of every key or element, from `*` in a path. */
  each: Node | undefined;
}

/** Finds how a record departs from its contract. Pure; never throws. An empty list: not at all. */
export type Detector = (data: unknown) => Deviation[];

const NONE: Deviation[] = [];
/** A record of ever new fields is told about once, not a thousand times. */
const MOST_A_RECORD = 50;

const leaf = (): Node => ({ type: 'any', required: false, children: undefined, each: undefined });

function plant(root: Node, path: string, field: { type: FieldType; required: boolean }): void {
  let node = root;
  const steps = parsePath(path);
  for (const step of Array.isArray(steps) ? steps : [{ name: path }]) {
    if (step === 'each' || 'index' in step) {
      node.each ??= leaf();
      node = node.each;
      continue;
    }
    node.children ??= new Map();
    const known = node.children.get(step.name) ?? leaf();
    node.children.set(step.name, known);
    node = known;
  }
  node.type = field.type;
  node.required = field.required && path.includes('*');
}

/** Readers of the required fields that lie at one place; those under a `*` are looked for where their parent is. */
function requiredFields(contract: Contract): { path: string; read: Reader }[] {
  return Object.entries(contract.fields).flatMap(([path, { required }]) => {
    const read = compilePath(path);
    return required && !path.includes('*') && typeof read === 'function' ? [{ path, read }] : [];
  });
}

/**
 * Compiles a contract. New fields are looked for at the top and in objects of which the contract names a field; a field of type `object`
 * or `any` without named parts is taken as it is. A dotted name may also be one column's name.
 */
export function compileContract(contract: Contract): Detector {
  const root = leaf();
  const { policy } = contract;
  const required = requiredFields(contract);
  for (const [path, field] of Object.entries(contract.fields)) {
    plant(root, path, field);
    if (path.includes('.')) root.children?.set(path, { ...leaf(), type: field.type });
  }
  const visit = (node: Node, value: unknown, prefix: string, out: Deviation[]): void => {
    if (Array.isArray(value)) {
      if (node.each !== undefined) for (const item of value as unknown[]) check(node.each, item, `${prefix}*`, out);
      return;
    }
    if (!isRecord(value)) return;
    if (node.children !== undefined)
      for (const [name, child] of node.children)
        if (child.required || Object.hasOwn(value, name)) check(child, value[name], prefix + name, out);
    if (node.children === undefined && node.each === undefined) return;
    for (const name in value) {
      if (!Object.hasOwn(value, name) || node.children?.has(name) === true) continue;
      if (node.each !== undefined) check(node.each, value[name], `${prefix}*`, out);
      else if (value[name] !== undefined && out.length < MOST_A_RECORD)
        out.push({
          kind: 'new_field',
          field: prefix + name,
          policy: policy.newField,
          reason: `the field "${prefix}${name}" is new`,
        });
    }
  };
  const check = (node: Node, value: unknown, path: string, out: Deviation[]): void => {
    if (out.length >= MOST_A_RECORD) return;
    if (isAbsent(value)) {
      if (node.required) out.push(missing(path, policy.missingField));
      return;
    }
    if (!hasType(value, node.type)) {
      const reason = `the field "${path}" should be ${node.type} and is ${typeName(value)}${quote(value)}`;
      out.push({ kind: 'retyped_field', field: path, policy: policy.retypedField, reason });
      return;
    }
    visit(node, value, `${path}.`, out);
  };
  return (data) => {
    if (!isRecord(data))
      return [
        {
          kind: 'retyped_field',
          field: '$',
          policy: 'quarantine',
          reason: `the record is ${typeName(data)}, not an object`,
        },
      ];
    const out: Deviation[] = [];
    for (const { path, read } of required) if (isAbsent(read(data))) out.push(missing(path, policy.missingField));
    visit(root, data, '', out);
    return out.length === 0 ? NONE : out;
  };
}

function missing(field: string, policy: Policy): Deviation {
  return { kind: 'missing_field', field, policy, reason: `the required field "${field}" is missing or empty` };
}

function quote(value: unknown): string {
  return typeof value === 'string' ? ` (${JSON.stringify(value.slice(0, 40))})` : '';
}
