import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { type Config, loadConfig } from '../config/index.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

/** The configuration as text, with references to the environment as written. */
export function configText(config: Config): string {
  const { assay, sources, contracts } = config.shown;
  const part = (title: string, value: unknown) => `# ${title}\n${stringify(value)}`;
  return [
    part('assay.yaml', assay),
    ...Object.entries(sources).map(([name, value]) => part(`sources/${name}.yaml`, value)),
    ...Object.entries(contracts).map(([name, value]) => part(`contracts/${name}.yaml`, value)),
  ].join('\n');
}

export const configCommand: CommandModule = (program, io) => {
  const group = program.command('config').description('check, show or describe the configuration');
  group
    .command('show')
    .description('print the configuration with all defaults; what came from the environment is shown as its reference')
    .action(async (_options, command) => {
      const { config: folder, json } = globalOptions(command);
      const config = await loadConfig(resolve(io.cwd, folder), io.env);
      if (json) writeJson(io, config.shown);
      else writeLine(io, configText(config).trimEnd());
    });
};
