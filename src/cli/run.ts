import { resolve } from 'node:path';
import { AssayError } from '../errors.js';
import { pipelineContext } from '../pipeline/open.js';
import { type RunSummary, runPipeline } from '../pipeline.js';
import { collectReport, lookOf, renderTerminal } from '../report/index.js';
import { openWorkspace, type Workspace } from '../workspace.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson, writeLine } from './io.js';
import { progress } from './progress.js';
import { selectSources } from './source-select.js';

export interface RunCommandOptions {
  /** Sources to pull; all when absent. */
  sources?: readonly string[];
}

/** Pulls every source once and reconciles. */
export async function run(workspace: Workspace, io: CommandIo, options: RunCommandOptions = {}): Promise<RunSummary> {
  const shown = progress(io);
  try {
    const context = await pipelineContext(workspace, io, shown.step);
    return await runPipeline(
      context,
      options.sources === undefined ? { kind: 'run' } : { kind: 'run', sources: options.sources },
    );
  } finally {
    shown.done();
  }
}

/** `7,000 records, 2,500 golden records; 12.3 CPU s, peak memory 400 MB` */
export function closingLine({ records, goldenRecords, resources }: RunSummary): string {
  const number = (n: number) => n.toLocaleString('en');
  return (
    `${number(records)} records, ${number(goldenRecords)} golden records; ` +
    `${resources.cpuSeconds.toFixed(1)} CPU s, peak memory ${number(Math.round(resources.peakMemoryMb))} MB`
  );
}

/**
 * Everything that could be read is reconciled; whoever started the run still has to hear of the rest.
 * @throws AssayError SOURCE_UNREACHABLE
 */
export function throwIfIncomplete({ incomplete }: RunSummary): void {
  if (incomplete.length === 0) return;
  throw new AssayError(
    'SOURCE_UNREACHABLE',
    `not read to the end: ${incomplete.join(', ')}; the run's notices say why, everything else is done`,
  );
}

export const runCommand: CommandModule = (program, io) => {
  program
    .command('run')
    .description('pull every source once, reconcile, print the report')
    .argument('[source...]', 'only these sources')
    .option('--no-report', 'print only the run itself')
    .action(async (sources: string[], options: { report: boolean }, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write: true });
      try {
        selectSources(workspace.config, sources);
        const summary = await run(workspace, io, sources.length === 0 ? {} : { sources });
        const report = options.report ? await collectReport(workspace.platform.database, workspace.config) : null;
        if (json) {
          writeJson(io, { run: summary, report });
        } else {
          if (report !== null) writeLine(io, renderTerminal(report, lookOf(io.stdout, io.env)));
          else for (const { source, message } of summary.notices) io.stderr.write(`${source}: ${message}\n`);
          writeLine(io, closingLine(summary));
        }
        throwIfIncomplete(summary);
      } finally {
        await workspace.close();
      }
    });
};
