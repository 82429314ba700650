import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Static } from '@sinclair/typebox';
import { camelise } from './camel.js';
import type { Config } from './config.js';
import type { ContractConfig } from './contract.js';
import { crossCheck } from './cross-check.js';
import { namedFiles } from './files.js';
import { loadSettings } from './load-settings.js';
import { Mistakes } from './mistakes.js';
import { type ReadContext, read } from './read.js';
import { contractFile, sourceFileFor } from './schemas.js';
import { Secrets } from './secrets.js';
import type { SourceConfig, sourceSchema } from './source.js';
import { checkPreferred } from './survivorship.js';

/**
 * Reads a configuration folder: `assay.yaml`, `sources/*.yaml`, `contracts/*.yaml`.
 *
 * @throws AssayError CONFIG_INVALID, once, with every mistake of every file as `file:line: message`.
 */
export async function loadConfig(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const root = resolve(folder);
  const secrets = new Secrets();
  const redact = (text: string) => secrets.redact(text);
  const context: ReadContext = { env, secrets, mistakes: new Mistakes(redact) };
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    context.mistakes.add(
      root,
      undefined,
      'there is no such folder; `--config FOLDER` names the one that holds assay.yaml',
    );
    context.mistakes.throwIfAny();
  }
  const base = dirname(root);
  const settings = loadSettings(root, base, context);
  const contractFiles = namedFiles(join(root, 'contracts'), context.mistakes);
  const contracts = new Map<string, ContractConfig>();
  const shown: Config['shown'] = { assay: settings?.shown, sources: {}, contracts: {} };
  for (const { name, file } of contractFiles) {
    const reading = read(file, () => contractFile, context);
    if (!reading?.valid) continue;
    contracts.set(name, {
      ...(camelise(contractFile, reading.value) as Omit<ContractConfig, 'name' | 'file'>),
      name,
      file,
    });
    shown.contracts[name] = reading.shown;
  }
  const contractNames = contractFiles.map((contract) => contract.name);
  const sourceFiles = namedFiles(join(root, 'sources'), context.mistakes);
  if (settings?.yaml)
    checkPreferred(
      settings.value.golden,
      sourceFiles.map((source) => source.name),
      settings.yaml,
      context.mistakes,
    );
  const sources: SourceConfig[] = [];
  for (const { name, file } of sourceFiles) {
    const reading = read<Static<typeof sourceSchema>>(file, sourceFileFor, context, 'mapping');
    if (!reading) continue;
    crossCheck(reading, contractNames, context.mistakes);
    if (!reading.valid) continue;
    const { connector, mapping, key, ...rest } = reading.value;
    const source = {
      ...(camelise(sourceFileFor(reading.value), rest) as Omit<SourceConfig, 'connector' | 'mapping' | 'key'>),
      connector,
      mapping,
      key: typeof key === 'string' ? [key] : key,
      name,
      file,
      line: reading.yaml.line,
    };
    sources.push(source);
    shown.sources[name] = reading.shown;
  }
  context.mistakes.throwIfAny();
  return { folder: root, base, assay: settings!.value, sources, contracts, redact, shown };
}
