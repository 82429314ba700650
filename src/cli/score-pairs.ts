import { resolve } from 'node:path';
import { scorePair } from '../dedup/index.js';
import { readCsv, type TableCorpus, writeCsv } from '../dedup/table/index.js';
import { AssayError } from '../errors.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson } from './io.js';
import { loadTables, secondsSince, type TableOptions, tableOptions } from './tables.js';

export interface ScorePairsOptions extends TableOptions {
  left: string;
  right: string;
  pairs: string;
  out: string;
}

export interface ScorePairsSummary {
  records: number;
  pairs: number;
  matches: number;
  seconds: number;
}

/**
 * Scores the given pairs and writes `ltable_id,rtable_id,probability,match`, a row a pair, in their order. Both tables are read whole:
 * a score knows the competitors of a pair. The two tables may be one file; then a pair is two of its records.
 */
export async function scorePairs(options: ScorePairsOptions, io: CommandIo): Promise<ScorePairsSummary> {
  const started = performance.now();
  const files = [{ source: 'left', name: options.left }];
  const oneFile = resolve(io.cwd, options.left) === resolve(io.cwd, options.right);
  if (!oneFile) files.push({ source: 'right', name: options.right });
  const { model, loaded } = await loadTables(files, options, io);
  const numbers = [numbersOf(loaded, 0), numbersOf(loaded, oneFile ? 0 : 1)] as const;
  const summary: ScorePairsSummary = { records: loaded.corpus.size, pairs: 0, matches: 0, seconds: 0 };
  const header = ['ltable_id', 'rtable_id', 'probability', 'match'];
  writeCsv(resolve(io.cwd, options.out), header, (writer) => {
    for (const { origin, cells } of readCsv(resolve(io.cwd, options.pairs), options.pairs)) {
      const [leftId, rightId] = idsOf(cells, origin);
      const left = numberOf(numbers[0], leftId, options.left, origin);
      const right = numberOf(numbers[1], rightId, options.right, origin);
      const probability = left === right ? 1 : scorePair(loaded.corpus, left, right).probability;
      const match = probability >= model.thresholds.match ? 1 : 0;
      writer.row([leftId, rightId, probability.toFixed(6), match]);
      summary.pairs++;
      summary.matches += match;
    }
  });
  summary.seconds = secondsSince(started);
  return summary;
}

function numbersOf({ starts, idOf }: TableCorpus, table: number): Map<string, number> {
  const numbers = new Map<string, number>();
  for (let record = starts[table]!; record < starts[table + 1]!; record++) numbers.set(idOf(record), record);
  return numbers;
}

function idsOf(cells: Readonly<Record<string, string>>, origin: string): [string, string] {
  const left = cells.ltable_id ?? cells.left_id;
  const right = cells.rtable_id ?? cells.right_id;
  if (left === undefined || right === undefined)
    throw new AssayError(
      'INPUT_INVALID',
      `${origin}: the pairs need the columns ltable_id and rtable_id (or left_id and right_id)`,
    );
  return [left, right];
}

function numberOf(numbers: ReadonlyMap<string, number>, id: string, file: string, origin: string): number {
  const number = numbers.get(id);
  if (number === undefined)
    throw new AssayError('INPUT_INVALID', `${origin}: ${file} has no record with the id "${id}"`);
  return number;
}

export const scorePairsCommand: CommandModule = (program, io) => {
  const command = program
    .command('score-pairs')
    .description('give the match probability of pairs of two plain CSV files, without a store')
    .requiredOption('--left <file>', 'CSV file with a column "id"')
    .requiredOption('--right <file>', 'CSV file with a column "id"; may be the same file')
    .requiredOption('--pairs <file>', 'CSV file with the columns ltable_id and rtable_id')
    .requiredOption('--out <file>', 'where to write ltable_id,rtable_id,probability,match');
  tableOptions(command, 'sides that list each product once: left, right or left,right').action(
    async (options: ScorePairsOptions, self) => {
      const summary = await scorePairs(options, io);
      if (globalOptions(self).json) writeJson(io, summary);
      else {
        const [records, pairs, matches] = [summary.records, summary.pairs, summary.matches].map((n) =>
          n.toLocaleString('en'),
        );
        io.stderr.write(`${records} records, ${pairs} pairs scored, ${matches} matches, ${summary.seconds} s\n`);
      }
    },
  );
};
