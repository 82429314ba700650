import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Database } from '../platform/database/port.js';
import { EXPORTS, type ExportFormat, type ExportName, exportText } from '../report/index.js';
import { openWorkspace } from '../workspace.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson } from './io.js';
import { writeOutput } from './output.js';
import { progress } from './progress.js';

export interface ExportCommandOptions {
  format?: ExportFormat;
  /** File to write; stdout when absent. */
  out?: string;
  json?: boolean;
}

const SUMMARIES: Readonly<Record<ExportName, string>> = {
  crosswalk: 'which golden record every record belongs to: source, source_id, golden_id',
  golden: 'the current golden records with lineage and members, one a line',
  edges: 'scored pairs that are kept and what stewards decided',
  history: 'every version of every golden record, one a line',
};

/** Writes an export; returns its rows. Where the result is a file, how many rows it has is told as well. */
export async function exportRows(
  database: Database,
  io: CommandIo,
  name: ExportName,
  options: ExportCommandOptions,
): Promise<number> {
  const portions = exportText(database, name, options.format);
  const shown = progress(io);
  let total = 0;
  await writeOutput(io, options.out, async (output) => {
    for await (const { text, rows } of portions) {
      await output.write(text);
      total += rows;
      shown.step(`export ${name}`, total);
    }
  }).finally(() => shown.done());
  if (options.out !== undefined) {
    if (options.json) writeJson(io, { export: name, rows: total, file: options.out });
    else io.stderr.write(`Wrote ${total.toLocaleString('en-US')} rows to ${options.out}\n`);
  }
  return total;
}

export const exportCommand: CommandModule = (program, io) => {
  const group = program
    .command('export')
    .description('crosswalk, golden records, edges or history as CSV or JSON Lines');
  for (const name of Object.keys(EXPORTS) as ExportName[])
    group
      .command(name)
      .description(SUMMARIES[name])
      .addOption(
        new Option('--format <format>', 'file format').choices(EXPORTS[name].formats).default(EXPORTS[name].formats[0]),
      )
      .option('--out <file>', 'file to write (default: standard output)')
      .action(async (options: ExportCommandOptions, command) => {
        const { config: folder, json } = globalOptions(command);
        const workspace = await openWorkspace(resolve(io.cwd, folder), io);
        try {
          await exportRows(workspace.platform.database, io, name, { ...options, json });
        } finally {
          await workspace.close();
        }
      });
};
