import { join } from 'node:path';
import { readCsv } from '../../../src/dedup/table/index.js';
import { keyText } from '../../../src/records.js';
import { sharedInternalCodes } from './internal-codes.js';
import { tellNextDay } from './next-day.js';
import { count, f1Text } from './pairs.js';
import type { RealSet } from './set.js';
import { readGoldenIds, readMembers, sharedGolden } from './store.js';
import { clustersAgainstTruth } from './truth.js';

const CHAINS = ['carrefour', 'hazi-hinam', 'osher-ad', 'rami-levy', 'shufersal', 'victory', 'yohananof'];

export const supermarkets: RealSet = {
  name: 'supermarkets',
  folder: 'israel-supermarkets-gtin',
  training:
    'the shipped model is trained on this set without its barcodes; here the barcodes are used, and they also made the truth, so F1 says only that the identifier rule holds',
  async measure(bench) {
    const { folder, read, print } = bench;
    const day = await bench.run('supermarkets');
    const members = await read(readMembers);
    const keys = keysOfIds(folder);
    const truth = [...readCsv(join(folder, 'clusters_by_gtin.csv.gz'))].map(({ cells }) => ({
      id: keys.get(cells.id ?? '') ?? '',
      cluster: cells.cluster_id ?? '',
    }));
    const result = clustersAgainstTruth(truth, (key) => members.get(key)?.goldenId);
    print(`pairwise ${f1Text(result.pairwise)} on the ${count(result.records)} records of clusters_by_gtin.csv`);
    const { pairs, codeOnly } = sharedInternalCodes(sharedGolden(members.values()).values());
    print(
      `records of two chains in one golden record that share an internal code and no GTIN: ${count(pairs)} pairs; without three letters in a row in common in their titles: ${codeOnly.length}`,
    );
    for (const pair of codeOnly.slice(0, 3))
      print(`  ${pair.map(({ source, sourceId, title }) => `${source} ${sourceId} "${title}"`).join(' | ')}`);
    const before = await read(readGoldenIds);
    const next = await bench.run('supermarkets-next-day');
    await tellNextDay(bench, day, next, before);
  },
};

/** Ids of the truth (`<chain>-<row>`) → record keys. */
function keysOfIds(folder: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const chain of CHAINS)
    for (const { cells } of readCsv(join(folder, 'sources', `${chain}.csv.gz`)))
      keys.set(cells.id ?? '', keyText(chain, `${cells.chain_id}:${cells.store_id}:${cells.barcode}`));
  return keys;
}
