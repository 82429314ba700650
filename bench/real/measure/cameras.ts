import { join } from 'node:path';
import { readCsv } from '../../../src/dedup/table/index.js';
import { gtinConflicts } from './gtin-conflicts.js';
import { count, pairsAgainst, pairText } from './pairs.js';
import type { RealSet, SetBench } from './set.js';
import { readMembers, type StoredMember, sharedGolden } from './store.js';

export const cameras: RealSet = {
  name: 'cameras',
  folder: 'di2kg-cameras',
  training: 'no part of it trains the shipped model',
  async measure(bench) {
    await bench.run('cameras');
    // A page's id names its shop, so it is unique over all sources.
    const byPage = new Map([...(await bench.read(readMembers)).values()].map((member) => [member.sourceId, member]));
    const labels = [...readCsv(join(bench.folder, 'pairs_medium.csv'))].map(({ cells }) => ({
      left: cells.left_id ?? '',
      right: cells.right_id ?? '',
      match: cells.label === '1',
    }));
    bench.print(pairText(pairsAgainst(labels, (id) => byPage.get(id)?.goldenId)));
    const truth = new Map(labels.map(({ left, right, match }) => [pairKey(left, right), match]));
    tellConflicts('GTINs as harmonized', sharedGolden(byPage.values()), truth, bench);
    tellConflicts('identifiers_gtin14.csv', sharedGolden(withListedGtins(bench.folder, byPage)), truth, bench);
  },
};

const pairKey = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The pages with the GTINs of the set's own list in place of ours. */
function withListedGtins(folder: string, byPage: ReadonlyMap<string, StoredMember>): StoredMember[] {
  const listed = new Map<string, string[]>();
  for (const { cells } of readCsv(join(folder, 'identifiers_gtin14.csv')))
    listed.set(cells.id ?? '', [...(listed.get(cells.id ?? '') ?? []), cells.gtin14 ?? '']);
  return [...byPage.values()].map((member) => ({ ...member, gtins: listed.get(member.sourceId) ?? [] }));
}

function tellConflicts(
  name: string,
  golden: ReadonlyMap<string, readonly StoredMember[]>,
  truth: ReadonlyMap<string, boolean>,
  { print }: SetBench,
): void {
  const conflicts = gtinConflicts(golden);
  const plain = conflicts.filter((conflict) => !conflict.bridged);
  const told = conflicts.map(({ pair: [a, b] }) => truth.get(pairKey(a.sourceId, b.sourceId)));
  print(
    `golden records with two valid GTINs of different products (${name}; two records with valid GTINs, none in common): ` +
      `${count(plain.length)}, and ${count(conflicts.length - plain.length)} where another record states GTINs of both; ` +
      `labels say the same product of ${count(told.filter((t) => t === true).length)}, different ones of ${count(told.filter((t) => t === false).length)}`,
  );
  for (const { goldenId, pair } of plain.slice(0, 3))
    print(
      `  ${goldenId}: ${pair.map(({ sourceId, title, gtins }) => `${sourceId} "${title}" ${gtins.join(' ')}`).join(' | ')}`,
    );
}
