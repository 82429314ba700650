import { resolve } from 'node:path';
import { AssayError } from '../errors.js';
import { askForBackfill } from '../ingest/index.js';
import { backfillByWorkers } from '../pipeline/backfill.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';
import { closingLine, run, throwIfIncomplete } from './run.js';
import { selectSources } from './source-select.js';

export const backfillCommand: CommandModule = (program, io) => {
  program
    .command('backfill')
    .description('read sources from their beginning, whatever they say did not change; with Redis, workers do it')
    .argument('<source...>', 'the sources')
    .action(async (names: string[], _options, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io);
      const { config, platform } = workspace;
      try {
        const sources = selectSources(config, names).map(({ name }) => name);
        if (platform.servers.schedule) {
          const { done, waiting, unscheduled } = await backfillByWorkers(platform, sources);
          if (json) writeJson(io, { done, waiting, unscheduled });
          else if (done.length > 0) writeLine(io, `read from the beginning: ${done.join(', ')}`);
          if (unscheduled.length > 0)
            throw new AssayError(
              'NOT_READY',
              `no process pulls ${unscheduled.join(', ')}: start \`assay work\`, or do it here by \`assay run ${unscheduled.join(' ')}\``,
            );
          if (waiting.length > 0)
            throw new AssayError(
              'SOURCE_UNREACHABLE',
              `not read to the end: ${waiting.join(', ')}; the next pull goes on`,
            );
          return;
        }
        await askForBackfill(platform.database, sources);
        if (platform.shared) {
          if (json) writeJson(io, { waiting: sources });
          else writeLine(io, `the running service reads from the beginning at its next pull: ${sources.join(', ')}`);
          return;
        }
        const summary = await run(workspace, io, { sources });
        if (json) writeJson(io, { run: summary });
        else writeLine(io, closingLine(summary));
        throwIfIncomplete(summary);
      } finally {
        await workspace.close();
      }
    });
};
