import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/index.js';
import { type CommandModule, globalOptions } from './io.js';
import { sourceCheck } from './source-check.js';
import { type InferOptions, sourceInfer } from './source-infer.js';
import { sourcePreview } from './source-preview.js';
import { selectSources } from './source-select.js';

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return value;
}

export const sourceCommand: CommandModule = (program, io) => {
  const group = program.command('source').description('check the sources, preview one, draft one from a sample feed');
  group
    .command('check')
    .description('check the configuration and run the mapping tests (sources/<name>.test.yaml)')
    .argument('[name...]', 'only these sources')
    .action(async (names: string[], _options, command) => {
      const { config: folder, json } = globalOptions(command);
      const config = await loadConfig(resolve(io.cwd, folder), io.env);
      sourceCheck(config, selectSources(config, names), io, json);
    });
  group
    .command('preview')
    .description('pull the first records of a source and show what they become; nothing is stored')
    .argument('<name>', 'the source')
    .option('--limit <n>', 'records to show', positive, 5)
    .action(async (name: string, options: { limit: number }, command) => {
      const { config: folder, json } = globalOptions(command);
      const config = await loadConfig(resolve(io.cwd, folder), io.env);
      const [source] = selectSources(config, [name]);
      await sourcePreview(config, source!, options.limit, io, json);
    });
  group
    .command('infer')
    .description('draft a source file and its contract from a sample feed (CSV, JSON, JSON Lines, XML; gzip too)')
    .argument('<file>', 'the sample feed')
    .option('--name <name>', 'name of the source; from the file name when absent')
    .option('--element <name>', 'XML: the element that is one record')
    .option('--encoding <name>', 'encoding of the feed')
    .option('--sample <n>', 'records to look at', positive, 500)
    .option('--write', 'write into the configuration folder instead of printing')
    .action(async (file: string, options: InferOptions, command) => {
      const { config: folder, json } = globalOptions(command);
      await sourceInfer(resolve(io.cwd, file), resolve(io.cwd, folder), options, io, json);
    });
};
