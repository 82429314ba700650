import { resolve } from 'node:path';
import { Option } from 'commander';
import { AssayError } from '../errors.js';
import { platformFigures } from '../pipeline/figures.js';
import { pipelineContext } from '../pipeline/open.js';
import { platformReadiness } from '../pipeline/readiness.js';
import { WORK_STAGES, type WorkStage } from '../pipeline/work.js';
import { workAs } from '../pipeline/worker-run.js';
import { buildWorkerApp } from '../serve/index.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions } from './io.js';
import { packageVersion } from './version.js';

/** The stages that a list of names stands for, in the order of the pipeline. @throws AssayError USAGE */
export function stagesOf(names: readonly string[]): WorkStage[] {
  const wanted = names.flatMap((name) => name.split(',')).map((name) => name.trim());
  for (const name of wanted)
    if (name !== 'all' && !(WORK_STAGES as readonly string[]).includes(name))
      throw new AssayError('USAGE', `there is no stage "${name}"; there are ${WORK_STAGES.join(', ')} and all`);
  return WORK_STAGES.filter((stage) => wanted.includes('all') || wanted.includes(stage));
}

export const workCommand: CommandModule = (program, io) => {
  program
    .command('work')
    .description('work on what comes in, beside any number of other workers; needs Kafka and Postgres')
    .addOption(new Option('--stage <name...>', `what to do: ${WORK_STAGES.join(', ')} or all`).default(['all'], 'all'))
    .option('--port <number>', 'port of /health, /ready and /metrics; 0 takes a free one', '0')
    .action(async (options: { stage: string[]; port: string }, command) => {
      const { config: folder } = globalOptions(command);
      const stages = stagesOf(options.stage);
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65_535)
        throw new AssayError('USAGE', `--port: "${options.port}" is no port`);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write: true });
      try {
        const { platform, counters, logger, config } = workspace;
        if (!platform.servers.log || !platform.servers.database)
          throw new AssayError(
            'USAGE',
            'workers share Kafka and Postgres: set kafka_brokers and database_url. With the embedded platform `assay serve` is the worker.',
          );
        const app = await buildWorkerApp({
          counters,
          logger,
          ready: () => platformReadiness(platform),
          platform: platformFigures(platform),
          version: packageVersion(),
        });
        try {
          const address = await app.listen({ host: config.assay.server.host, port });
          io.stderr.write(`Assay works on ${stages.join(', ')}; ${address}/metrics tells how\n`);
          await workAs(await pipelineContext(workspace, io), stages);
        } finally {
          await app.close();
        }
      } finally {
        await workspace.close();
      }
    });
};
