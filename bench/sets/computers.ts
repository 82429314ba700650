import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { type LabelledSet, Numbering, recordsOfCsv } from './set.js';

const SHOPS = ['harddrivesdirect', 'sillworks', 'tweakers', 'usapartsdirect'];

/** Computer parts of four shops with part numbers; shops repeat themselves. */
export function computers(data: string): LabelledSet {
  const folder = join(data, 'wdc-lspc-computers');
  const records = SHOPS.flatMap((shop) => recordsOfCsv(join(folder, 'sources', `${shop}.csv`), shop));
  const numbers = new Numbering();
  const clusterOf = new Map<string, number>();
  for (const { cells } of readCsv(join(folder, 'clusters.csv')))
    clusterOf.set(`${cells.source}/${cells.id}`, numbers.of(cells.cluster_id as string));
  const clusters = Int32Array.from(records, ({ source, id }) => clusterOf.get(`${source}/${id}`) ?? -1);
  return { name: 'wdc-lspc-computers', records, unique: new Set(), clusters };
}
