import type { MatchRecord } from '../../src/dedup/index.js';
import { openTables } from '../../src/dedup/table/index.js';
import type { CanonicalProduct } from '../../src/records.js';

/** A set that matching is trained or measured on. */
export interface LabelledSet {
  name: string;
  records: MatchRecord[];
  /** Sources that list each product once. */
  unique: ReadonlySet<string>;
  /** Either the pairs that people labelled, as places in `records` … */
  pairs?: { left: number; right: number; match: boolean }[];
  /** … or a cluster number a record, -1 where it is not known. */
  clusters?: Int32Array;
}

/** Records of a CSV file, with the columns' roles inferred as the commands do it. */
export function recordsOfCsv(path: string, source: string): MatchRecord[] {
  const [table] = openTables([{ source, path, name: path }], []);
  return table === undefined ? [] : [...table.records()];
}

export function plainProduct(title: string): CanonicalProduct {
  return { title, gtins: [], internalCodes: [], images: [], variants: {}, attributes: {} };
}

/** Numbers for names, in order of first sight. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
    }
    return number;
  }
}
