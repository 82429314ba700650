import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { type LabelledSet, recordsOfCsv } from './set.js';

/** Two tables with labelled pairs, as the DeepMatcher benchmarks have them; both list a product once. */
export function twoTables(folder: string, name: string, splits: readonly string[]): LabelledSet {
  const left = recordsOfCsv(join(folder, 'tableA.csv'), 'left');
  const right = recordsOfCsv(join(folder, 'tableB.csv'), 'right');
  const leftAt = new Map(left.map((record, i) => [record.id, i]));
  const rightAt = new Map(right.map((record, i) => [record.id, left.length + i]));
  const pairs: NonNullable<LabelledSet['pairs']> = [];
  for (const split of splits)
    for (const { cells } of readCsv(join(folder, `${split}.csv`))) {
      const a = leftAt.get(cells.ltable_id as string);
      const b = rightAt.get(cells.rtable_id as string);
      if (a !== undefined && b !== undefined) pairs.push({ left: a, right: b, match: cells.label === '1' });
    }
  return { name, records: [...left, ...right], unique: new Set(['left', 'right']), pairs };
}
