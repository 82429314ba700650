import { join } from 'node:path';
import type { LabelledSet } from './set.js';
import { twoTables } from './two-tables.js';

/** Software of two shops. */
export function amazonGoogle(data: string, splits: readonly string[] = ['train', 'valid']): LabelledSet {
  return twoTables(join(data, 'amazon-google'), 'amazon-google', splits);
}
