import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { AssayError } from '../errors.js';
import { collectReport, lookOf, type Report, renderCsv, renderHtml, renderTerminal } from '../report/index.js';
import { openWorkspace, type Workspace } from '../workspace.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson } from './io.js';
import { writeOutput } from './output.js';

export interface ReportCommandOptions {
  run?: number;
  html?: string;
  csv?: boolean;
  json?: boolean;
  /** Percent. */
  priceTolerance?: number;
  examples?: number;
}

/** Prints the report of a run in the form asked for, and writes the page when a file is named. */
export async function report(
  workspace: Pick<Workspace, 'config'> & { platform: Pick<Workspace['platform'], 'database'> },
  io: CommandIo,
  options: ReportCommandOptions,
): Promise<Report> {
  const made = await collectReport(workspace.platform.database, workspace.config, {
    run: options.run,
    priceTolerance: options.priceTolerance === undefined ? undefined : options.priceTolerance / 100,
    examples: options.examples,
  });
  if (options.html !== undefined) {
    await writeOutput(io, options.html, (output) => output.write(renderHtml(made)));
    io.stderr.write(`Wrote ${options.html}\n`);
  }
  if (options.json) writeJson(io, made);
  else if (options.csv) await writeOutput(io, undefined, async (output) => output.write([...renderCsv(made)].join('')));
  else if (options.html === undefined)
    await writeOutput(io, undefined, (output) => output.write(renderTerminal(made, lookOf(io.stdout, io.env))));
  return made;
}

/** A number of an option that is at least `least`. */
export function numberAtLeast(least: number, whole: boolean): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number) || number < least || (whole && !Number.isSafeInteger(number)))
      throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number of at least ${least}.`);
    return number;
  };
}

export const reportCommand: CommandModule = (program, io) => {
  program
    .command('report')
    .description('the reconciliation report: terminal, --html, --json, --csv')
    .option('--run <id>', 'the run to tell about (default: the last one)', numberAtLeast(1, true))
    .option('--csv', 'print the figures as CSV: section, source, other, metric, value')
    .option('--html <file>', 'write one self-contained page with charts')
    .option(
      '--price-tolerance <percent>',
      'prices further apart than this are a conflict (default: 10)',
      numberAtLeast(0, false),
    )
    .option('--examples <n>', 'examples of every kind (default: 5)', numberAtLeast(0, true))
    .action(async (options: ReportCommandOptions, command) => {
      const { config: folder, json } = globalOptions(command);
      if (options.csv && json) throw new AssayError('USAGE', 'Give --csv or --json, not both.');
      const workspace = await openWorkspace(resolve(io.cwd, folder), io);
      try {
        await report(workspace, io, { ...options, json });
      } finally {
        await workspace.close();
      }
    });
};
