import { join } from 'node:path';
import { readCsv } from '../../../src/dedup/table/index.js';
import { gtinConflicts } from './gtin-conflicts.js';
import { knownMixtures, type Labelled, truthWithoutCommonGtin } from './known-products.js';
import { count, pairsAgainst, pairText } from './pairs.js';
import type { RealSet } from './set.js';
import { readMembers, type StoredMember, sharedGolden } from './store.js';

export const cameras: RealSet = {
  name: 'cameras',
  folder: 'di2kg-cameras',
  training: 'no part of it trains the shipped model',
  async measure(bench) {
    await bench.run('cameras');
    // A page's id names its shop, so it is unique over all sources.
    const members = [...(await bench.read(readMembers)).values()];
    const goldenOf = new Map(members.map(({ sourceId, goldenId }) => [sourceId, goldenId]));
    const labels = [...readCsv(join(bench.folder, 'pairs_medium.csv'))].map(({ cells }) => ({
      left: cells.left_id ?? '',
      right: cells.right_id ?? '',
      match: cells.label === '1',
    }));
    bench.print(pairText(pairsAgainst(labels, (id) => goldenOf.get(id))));
    const products = productsOf(bench.folder);
    const known = members.map((member) => ({ ...member, product: products.get(member.sourceId) }));
    bench.print('GTINs as harmonized:');
    tellGtins(known, bench.print);
    bench.print('GTINs of identifiers_gtin14.csv:');
    tellGtins(withListedGtins(bench.folder, known), bench.print);
  },
};

type Page = StoredMember & Labelled;

/** Page → true product, of the labelled pages. */
function productsOf(folder: string): Map<string, string> {
  return new Map(
    [...readCsv(join(folder, 'clusters_from_pairs.csv'))].map(({ cells }) => [cells.id ?? '', cells.cluster_id ?? '']),
  );
}

/** The pages with the GTINs of the set's own list in place of ours. */
function withListedGtins(folder: string, pages: readonly Page[]): Page[] {
  const listed = new Map<string, string[]>();
  for (const { cells } of readCsv(join(folder, 'identifiers_gtin14.csv')))
    listed.set(cells.id ?? '', [...(listed.get(cells.id ?? '') ?? []), cells.gtin14 ?? '']);
  return pages.map((page) => ({ ...page, gtins: listed.get(page.sourceId) ?? [] }));
}

function tellGtins(pages: readonly Page[], print: (line: string) => void): void {
  const show = (pair: readonly Page[]) =>
    pair.map(({ sourceId, title, gtins }) => `${sourceId} "${title}" ${gtins.join(' ')}`).join(' | ');
  const mixtures = knownMixtures(pages);
  print(`  golden records with two valid GTINs of different products, by the labels: ${count(mixtures.length)}`);
  for (const { goldenId, pair } of mixtures.slice(0, 3)) print(`    ${goldenId}: ${show(pair)}`);
  const conflicts = gtinConflicts(sharedGolden(pages));
  const plain = conflicts.filter(({ bridged }) => !bridged);
  print(
    `  golden records with two records whose valid GTINs have none in common: ${count(plain.length)}, and ${count(conflicts.length - plain.length)} where another record states GTINs of both`,
  );
  for (const { goldenId, pair } of plain.slice(0, 3)) print(`    ${goldenId}: ${show(pair)}`);
  const { pairs, without } = truthWithoutCommonGtin(pages);
  print(
    `  not each is a mistake: of ${count(pairs)} pairs of labelled pages of one product that state GTINs, ${count(without)} have none in common (kits, colours, regions)`,
  );
}
