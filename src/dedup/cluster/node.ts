import { normaliseCode } from '../../harmonize/normalisers/index.js';
import { keyText } from '../../records.js';
import type { MatchRecord } from '../match-record.js';
import type { ClusterNode } from './types.js';

const NONE: readonly string[] = [];

/** A number that can tell products apart: short words and bare small numbers cannot. */
const TELLING = /^(?=.*\d).{4,}$/;

/** What clustering reads of a record. */
export function clusterNode({ source, id, product }: MatchRecord): ClusterNode {
  const node: ClusterNode = {
    key: keyText(source, id),
    source,
    gtins: product.gtins.length > 0 ? product.gtins : NONE,
    codes: codesOf(product.model, product.mpn),
    variants: product.variants,
  };
  if (product.brand !== undefined) node.brand = product.brand;
  return node;
}

function codesOf(...fields: (string | undefined)[]): readonly string[] {
  const codes: string[] = [];
  for (const field of fields) {
    if (field === undefined) continue;
    // "MG4A2PK/A, MG4A2QN/A": one product sold under several numbers.
    for (const part of field.split(/[,;|]/)) {
      const code = normaliseCode(part);
      if (TELLING.test(code) && !codes.includes(code)) codes.push(code);
    }
  }
  return codes.length > 0 ? codes : NONE;
}
