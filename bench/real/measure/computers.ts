import { join } from 'node:path';
import { readCsv } from '../../../src/dedup/table/index.js';
import { keyText } from '../../../src/records.js';
import { f1Text } from './pairs.js';
import type { RealSet } from './set.js';
import { readMembers } from './store.js';
import { clustersAgainstTruth } from './truth.js';

export const computers: RealSet = {
  name: 'computers',
  folder: 'wdc-lspc-computers',
  training:
    'the shipped model is trained on this set, so the figures say how well it fits, not how well it carries over',
  async measure({ folder, run, read, print }) {
    await run('computers');
    const members = await read(readMembers);
    const truth = [...readCsv(join(folder, 'clusters.csv'))].map(({ cells }) => ({
      id: keyText(cells.source ?? '', cells.id ?? ''),
      cluster: cells.cluster_id ?? '',
    }));
    const result = clustersAgainstTruth(truth, (id) => members.get(id)?.goldenId);
    print(`pairwise ${f1Text(result.pairwise)}, B-cubed ${f1Text(result.bcubed)} against clusters.csv`);
    if (result.missing > 0) print(`${result.missing} records of clusters.csv are not in the store`);
    print('the truth was made from identifiers on the pages and is not hand-checked; part numbers may be among them');
  },
};
