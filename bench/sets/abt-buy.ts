import { join } from 'node:path';
import type { LabelledSet } from './set.js';
import { twoTables } from './two-tables.js';

/** Consumer electronics of two shops. */
export function abtBuy(data: string, splits: readonly string[] = ['train', 'valid']): LabelledSet {
  return twoTables(join(data, 'abt-buy'), 'abt-buy', splits);
}
