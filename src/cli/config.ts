import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import {
  type Config,
  configDocs,
  contractFile,
  jsonSchema,
  loadConfig,
  settingsFile,
  sourceFile,
} from '../config/index.js';
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

/** The JSON Schemas for editors by file name. */
export function editorSchemas(): Record<string, string> {
  const text = (schema: Parameters<typeof jsonSchema>[0]) => `${JSON.stringify(jsonSchema(schema), null, 1)}\n`;
  return { 'assay.json': text(settingsFile), 'source.json': text(sourceFile), 'contract.json': text(contractFile) };
}

export const configCommand: CommandModule = (program, io) => {
  const group = program.command('config').description('show or describe the configuration');
  group
    .command('show')
    .description('print the configuration with all defaults; what came from the environment is shown as its reference')
    .action(async (_options, command) => {
      const { config: folder, json } = globalOptions(command);
      const config = await loadConfig(resolve(io.cwd, folder), io.env);
      if (json) writeJson(io, config.shown);
      else writeLine(io, configText(config).trimEnd());
    });
  group
    .command('docs')
    .description('print the reference of every file, or write it')
    .option('--out <file>', 'file to write')
    .action((options: { out?: string }) => {
      if (options.out === undefined) io.stdout.write(configDocs());
      else writeFileSync(resolve(io.cwd, options.out), configDocs());
    });
  group
    .command('schema')
    .description('write the JSON Schemas that editors complete and check the files with')
    .requiredOption('--out <folder>', 'folder to write into')
    .action((options: { out: string }) => {
      const folder = resolve(io.cwd, options.out);
      mkdirSync(folder, { recursive: true });
      for (const [file, text] of Object.entries(editorSchemas())) writeFileSync(join(folder, file), text);
    });
};
