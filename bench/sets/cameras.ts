import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { type LabelledSet, recordsOfCsv } from './set.js';

/** Camera pages of 24 shops; 306 of them carry labels for every pair. Never trained on. */
export function cameras(data: string): LabelledSet {
  const folder = join(data, 'di2kg-cameras');
  const records = readdirSync(join(folder, 'sources'))
    .filter((file) => file.endsWith('.csv.gz'))
    .sort()
    .flatMap((file) => recordsOfCsv(join(folder, 'sources', file), file.replace(/\.csv\.gz$/, '')));
  const at = new Map(records.map(({ id }, i) => [id, i]));
  const pairs: NonNullable<LabelledSet['pairs']> = [];
  for (const { cells } of readCsv(join(folder, 'pairs_medium.csv'))) {
    const left = at.get(cells.left_id as string);
    const right = at.get(cells.right_id as string);
    if (left !== undefined && right !== undefined) pairs.push({ left, right, match: cells.label === '1' });
  }
  return { name: 'di2kg-cameras', records, unique: new Set(), pairs };
}
