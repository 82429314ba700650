import { resolve } from 'node:path';
import { pipelineContext } from '../pipeline/open.js';
import { startService } from '../service.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions } from './io.js';
import { packageVersion } from './version.js';

export const serveCommand: CommandModule = (program, io) => {
  program
    .command('serve')
    .description('API and page; with the embedded platform also the workers and the schedule')
    .option('--no-run', 'serve what is in the store without reconciling first')
    .option('--no-schedule', 'pull no sources on their schedules')
    .action(async (options: { run: boolean; schedule: boolean }, command) => {
      const { config: folder } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write: true });
      try {
        const context = await pipelineContext(workspace, io);
        // With log and database on servers, workers of their own (`assay work`) do what is not answering.
        const { log, database } = workspace.platform.servers;
        const work = !(log && database);
        const service = await startService(context, {
          ...workspace.config.assay.server,
          reconcileFirst: work && options.run,
          schedule: work && options.schedule,
          work,
          version: packageVersion(),
        });
        io.stderr.write(`Assay listens on ${service.address}\n`);
        await new Promise<void>((stop) => {
          if (io.signal.aborted) stop();
          else io.signal.addEventListener('abort', () => stop(), { once: true });
        });
        await service.close();
      } finally {
        await workspace.close();
      }
    });
};
