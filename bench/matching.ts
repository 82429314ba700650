import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Model, parseModel } from '../src/dedup/index.js';
import { clusterSet, clustersAgainst, pairsInClusters } from './matching/clusters.js';
import { percent } from './matching/figures.js';
import { measurePairs } from './matching/pairs.js';
import { generateWorkload, runSplink } from './matching/workload.js';
import { benchFolder } from './measure/feeds.js';
import { abtBuy } from './sets/abt-buy.js';
import { amazonGoogle } from './sets/amazon-google.js';
import { cameras } from './sets/cameras.js';
import { dataFolder, projectRoot } from './train/sets.js';

const WORKLOAD_RECORDS = 100_000;

function model(name: string): Model {
  return parseModel(JSON.parse(readFileSync(join(projectRoot(), 'config', 'models', `${name}.json`), 'utf8')));
}

/** Published or measured elsewhere on the test splits, pair F1: to read our figures by. */
const PEERS = {
  'abt-buy': 'Splink 5 62.7, recordlinkage 65.1, rapidfuzz + boosted trees 84.7, Ditto with labels 89.3',
  'amazon-google': 'Splink 5 43.0, recordlinkage 58.8, rapidfuzz + boosted trees 64.2, Ditto with labels 75.6',
};

const data = dataFolder();
if (!existsSync(data)) {
  console.log(`bench:matching: the data sets are not at ${data}; set ASSAY_DATA to their folder.`);
  process.exitCode = 1;
} else {
  console.log('Pairs, without labels of the set that is scored (valid split, sources list a product once)');
  for (const [name, load] of [
    ['abt-buy', abtBuy],
    ['amazon-google', amazonGoogle],
  ] as const) {
    const figures = measurePairs(load(data, ['valid']), model(`general.leave-out-${name}`));
    const { precision, recall, f1, best, blocking } = figures;
    console.log(
      `  ${name.padEnd(14)} P ${percent(precision)}  R ${percent(recall)}  F1 ${percent(f1)}  (best threshold: ${percent(best.f1)})  blocking finds ${percent(blocking.recall)} % in ${blocking.pairs} pairs`,
    );
    console.log(`  ${''.padEnd(14)} peers: ${PEERS[name]}`);
  }
  const general = model('general');
  const shops = cameras(data);
  const pairs = measurePairs(shops, general);
  const clustered = clusterSet(shops, general);
  const inClusters = pairsInClusters(shops, clustered.cluster);
  console.log(`Cameras (${shops.records.length} pages of 24 shops, ${shops.pairs?.length} labelled pairs)`);
  console.log(`  pair by pair   P ${percent(pairs.precision)}  R ${percent(pairs.recall)}  F1 ${percent(pairs.f1)}`);
  console.log(
    `  clusters       P ${percent(inClusters.precision)}  R ${percent(inClusters.recall)}  F1 ${percent(inClusters.f1)}  ${clustered.candidates} candidate pairs, ${clustered.seconds.toFixed(1)} CPU s`,
  );

  const bench = benchFolder();
  console.log(`Synthetic workload, ${WORKLOAD_RECORDS} records of three shops, after clustering`);
  const workload = generateWorkload(bench, WORKLOAD_RECORDS);
  if (typeof workload === 'string') console.log(`  not compared: ${workload}`);
  else {
    const { cluster, candidates, seconds } = clusterSet(workload.set, general);
    const { f1, bcubed } = clustersAgainst(workload.set.clusters as Int32Array, cluster);
    const total = seconds + workload.readSeconds;
    console.log(
      `  Assay          F1 ${percent(f1)}  B-cubed ${percent(bcubed)}  ${total.toFixed(1)} CPU s (reading ${workload.readSeconds.toFixed(1)}), ${candidates} candidate pairs`,
    );
    const splink = runSplink(bench, workload.folder);
    console.log(
      splink === undefined
        ? '  Splink expert  not compared: python3 cannot import splink'
        : `  Splink expert  F1 ${percent(splink.f1)}  B-cubed ${percent(splink.bcubed)}  ${splink.seconds.toFixed(1)} CPU s; Assay takes ${(total / splink.seconds).toFixed(2)} of it`,
    );
    rmSync(workload.folder, { recursive: true, force: true });
  }
}
