import { resolve } from 'node:path';
import { sourceName, writeCsv } from '../dedup/table/index.js';
import { AssayError } from '../errors.js';
import { compareText } from '../records.js';
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

export interface DedupeOptions extends TableOptions {
  files: readonly string[];
  out: string;
}

/**
 * Clusters the records of any number of files and writes `source,id,cluster_id` for every record, in the order of the files.
 * A cluster is named by its smallest record, so that its name says where it comes from and does not change with the order
 * of files or rows.
 */
export async function dedupe(options: DedupeOptions, io: CommandIo): Promise<TableSummary> {
  const started = performance.now();
  const files = options.files.map((name) => ({ source: sourceName(name), name }));
  for (const [at, { source, name }] of files.entries())
    if (files.findIndex((file) => file.source === source) !== at)
      throw new AssayError('USAGE', `two files would be the source "${source}" (${name}); rename one of them`);
  const tables = await loadTables(files, options, io);
  const resolution = resolveTables(tables, io);
  const { corpus, idOf } = tables.loaded;
  const smallest: number[] = [];
  for (let record = 0; record < corpus.size; record++) {
    const cluster = resolution.cluster[record]!;
    const best = smallest[cluster];
    if (best === undefined || compareText(corpus.keys[record]!, corpus.keys[best]!) < 0) smallest[cluster] = record;
  }
  const sourceOf = (record: number) => corpus.sources[corpus.sourceOf.data[record]!]!;
  writeCsv(resolve(io.cwd, options.out), ['source', 'id', 'cluster_id'], (writer) => {
    for (let record = 0; record < corpus.size; record++) {
      const name = smallest[resolution.cluster[record]!]!;
      writer.row([sourceOf(record), idOf(record), `${sourceOf(name)}:${idOf(name)}`]);
    }
  });
  return summaryOf(tables, resolution, started);
}

export const dedupeCommand: CommandModule = (program, io) => {
  const command = program
    .command('dedupe')
    .description('cluster the records of plain CSV files, without a store')
    .argument('<file...>', 'CSV files with a column "id"; a file\'s name without .csv is its source')
    .requiredOption('--out <file>', 'where to write source,id,cluster_id');
  tableOptions(command, 'sources (file names without .csv) that list each product once, comma-separated').action(
    async (files: string[], options: TableOptions & { out: string }, self) => {
      const summary = await dedupe({ ...options, files }, io);
      if (globalOptions(self).json) writeJson(io, summary);
      else io.stderr.write(`${summaryLine(summary)}\n`);
    },
  );
};
