import { parsePath } from '../mapping/path.js';
import type { Contract, FieldType } from './contract.js';

/** What a contract says at one place of a record. */
export interface ContractNode {
  type: FieldType;
  children: Map<string, ContractNode> | undefined;
  /** Names of children that must be there. Only under a `*`; other required fields are read by their whole path. */
  required: string[];
  /** The node of every key or element, from `*` in a path. */
  each: ContractNode | undefined;
}

const leaf = (type: FieldType = 'any'): ContractNode => ({ type, children: undefined, required: [], each: undefined });

function childOf(node: ContractNode, name: string): ContractNode {
  node.children ??= new Map();
  const known = node.children.get(name) ?? leaf();
  node.children.set(name, known);
  return known;
}

function plant(root: ContractNode, path: string, field: { type: FieldType; required: boolean }): void {
  const parsed = parsePath(path);
  let node = root;
  let parent: { node: ContractNode; name: string } | undefined;
  let under = false;
  for (const step of Array.isArray(parsed) ? parsed : [{ name: path }]) {
    if (step === 'each' || 'index' in step) {
      node.each ??= leaf();
      node = node.each;
      parent = undefined;
      under = true;
    } else {
      parent = { node, name: step.name };
      node = childOf(node, step.name);
    }
  }
  node.type = field.type;
  if (field.required && under && parent !== undefined) parent.node.required.push(parent.name);
}

/** The contract's fields as a tree that a record is walked along. */
export function plantContract(contract: Contract): ContractNode {
  const root = leaf('object');
  for (const [path, field] of Object.entries(contract.fields)) {
    plant(root, path, field);
    // A dotted name may also be one column's name.
    if (/[.[]/.test(path) && root.children?.has(path) === false) root.children.set(path, leaf(field.type));
  }
  return root;
}
