import { resolve } from 'node:path';
import { scorePair } from '../dedup/index.js';
import { type Resolution, type TableCorpus, writeCsv } from '../dedup/table/index.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson } from './io.js';
import {
  loadTables,
  resolveTables,
  summaryLine,
  summaryOf,
  type TableOptions,
  type TableSummary,
  tableOptions,
} from './tables.js';

export interface LinkOptions extends TableOptions {
  left: string;
  right: string;
  out: string;
}

/**
 * Clusters the records of two files and writes `ltable_id,rtable_id,probability` for every pair across the files that ended in one
 * cluster, in the order of the left file, then of the right one.
 */
export async function link(options: LinkOptions, io: CommandIo): Promise<TableSummary & { pairs: number }> {
  const started = performance.now();
  const files = [
    { source: 'left', name: options.left },
    { source: 'right', name: options.right },
  ];
  const tables = await loadTables(files, options, io);
  const resolution = resolveTables(tables, io);
  let pairs = 0;
  writeCsv(resolve(io.cwd, options.out), ['ltable_id', 'rtable_id', 'probability'], (writer) => {
    for (const { left, right, probability } of crossPairs(tables.loaded, resolution)) {
      writer.row([tables.loaded.idOf(left), tables.loaded.idOf(right), probability.toFixed(6)]);
      pairs++;
    }
  });
  return { ...summaryOf(tables, resolution, started), pairs };
}

/** Pairs of one cluster across the two tables; a pair that no edge joined directly is scored now. */
function* crossPairs({ corpus, starts }: TableCorpus, { cluster, pairs }: Resolution) {
  const middle = starts[1]!;
  const known = new Map<number, number>();
  for (let p = 0; p < pairs.count; p++) {
    const [a, b] = [pairs.left[p]!, pairs.right[p]!];
    if (cluster[a] === cluster[b]) known.set(Math.min(a, b) * corpus.size + Math.max(a, b), pairs.probability[p]!);
  }
  const rightMembers = new Map<number, number[]>();
  for (let right = middle; right < corpus.size; right++) {
    const members = rightMembers.get(cluster[right]!);
    if (members === undefined) rightMembers.set(cluster[right]!, [right]);
    else members.push(right);
  }
  for (let left = 0; left < middle; left++)
    for (const right of rightMembers.get(cluster[left]!) ?? [])
      yield {
        left,
        right,
        probability: known.get(left * corpus.size + right) ?? scorePair(corpus, left, right).probability,
      };
}

export const linkCommand: CommandModule = (program, io) => {
  const command = program
    .command('link')
    .description('find the matches between two plain CSV files, without a store')
    .requiredOption('--left <file>', 'CSV file with a column "id"')
    .requiredOption('--right <file>', 'CSV file with a column "id"')
    .requiredOption('--out <file>', 'where to write ltable_id,rtable_id,probability');
  tableOptions(command, 'sides that list each product once: left, right or left,right').action(
    async (options: LinkOptions, self) => {
      const summary = await link(options, io);
      if (globalOptions(self).json) writeJson(io, summary);
      else io.stderr.write(`${summary.pairs.toLocaleString('en')} pairs: ${summaryLine(summary)}\n`);
    },
  );
};
