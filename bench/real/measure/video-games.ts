import { join } from 'node:path';
import { readCsv } from '../../../src/dedup/table/index.js';
import { gameKeys } from './feed-rows.js';
import { fusedAccuracy } from './fused.js';
import { pairsAgainst, pairText } from './pairs.js';
import type { RealSet, SetBench } from './set.js';
import { readMembers, readValues } from './store.js';

const PAIRS = ['metacritic_2_sales', 'metacritic_2_dbpedia', 'dbpedia_2_sales'];

export const videoGames: RealSet = {
  name: 'video-games',
  folder: 'video-games-3src',
  training: 'no part of it trains the shipped model',
  async measure(bench) {
    await bench.run('video-games');
    const members = await bench.read(readMembers);
    const keyOf = gameKeys(bench.folder);
    const goldenOf = (id: string) => members.get(keyOf(id))?.goldenId;
    for (const name of PAIRS) {
      const labels = [...readCsv(join(bench.folder, 'pairs', `${name}_train.csv`))].map(({ cells }) => ({
        left: cells.ltable_id ?? '',
        right: cells.rtable_id ?? '',
        match: cells.label === '1',
      }));
      bench.print(`${name}: ${pairText(pairsAgainst(labels, goldenOf))}`);
    }
    await tellFusion(bench, goldenOf);
  },
};

async function tellFusion(
  { folder, read, print }: SetBench,
  goldenOf: (id: string) => string | undefined,
): Promise<void> {
  const fused = [...readCsv(join(folder, 'fusion', 'validation_set.csv'))].map(({ cells }) => cells);
  const ids = fused.flatMap(({ id }) => goldenOf(id ?? '') ?? []);
  const values = await read((database) => readValues(database, ids));
  const results = fusedAccuracy(
    fused.map((record) => ({ fused: record, golden: values.get(goldenOf(record.id ?? '') ?? '') })),
  );
  print(`golden records against ${fused.length} fused by hand (fusion/validation_set.csv):`);
  for (const { attribute, rule, right, wrong } of results)
    print(
      `  ${attribute.padEnd(18)} ${right}/${fused.length}  (${rule}${wrong.length > 0 ? `; not: ${wrong.join(', ')}` : ''})`,
    );
  const main = results.filter(({ attribute }) => !attribute.includes('('));
  const share = main.reduce((sum, { right }) => sum + right, 0) / (main.length * fused.length);
  print(`  all nine attributes ${(100 * share).toFixed(1)} % right`);
}
