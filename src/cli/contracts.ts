import { AssayError } from '../errors.js';
import { contractSubject } from '../harmonize/index.js';
import type { RegisteredSchema, SchemaRegistry } from '../platform/registry/index.js';
import { lookOf, table } from '../report/index.js';
import type { Workspace } from '../workspace.js';
import { type ContractFinding, checkContracts } from './contracts-check.js';
import { type CommandIo, type CommandModule, writeJson, writeLine } from './io.js';
import { numberAtLeast } from './report.js';
import { within } from './within.js';

/** The part of a workspace that these commands use. */
export interface ContractsWorkspace {
  config: Pick<Workspace['config'], 'contracts'>;
  platform: { registry: SchemaRegistry };
}

interface JsonOption {
  json?: boolean;
}

/** Lists every version of every subject: contracts (`contract-NAME`) and the envelopes of messages (`TOPIC-value`). */
export async function list({ platform }: ContractsWorkspace, io: CommandIo, options: JsonOption): Promise<void> {
  const { registry } = platform;
  const lines: { subject: string; version: number; id: number; compatibility: string }[] = [];
  for (const subject of await registry.subjects()) {
    const { level } = await registry.compatibility(subject);
    for (const { version, id } of await registry.versions(subject))
      lines.push({ subject, version, id, compatibility: level });
  }
  if (options.json) return writeJson(io, lines);
  if (lines.length === 0) return writeLine(io, 'No versions yet: contracts are registered by the first run.');
  const rows = lines.map(({ subject, version, id, compatibility }) => [subject, `${version}`, `${id}`, compatibility]);
  writeLine(io, table('', ['subject', 'version', 'id', 'compatibility'], rows, lookOf(io.stdout, io.env)));
}

const SAYS: Record<ContractFinding['state'], (version: number) => string> = {
  registered: (version) => `is version ${version}`,
  new: () => 'is new',
  compatible: (version) => `changed, and will be version ${version}`,
  incompatible: (version) => `changed, and cannot be version ${version}`,
};

/**
 * Holds the contract files against the registry; registers nothing.
 * @throws AssayError CHECK_FAILED when one of them cannot be taken.
 */
export async function check(
  { config, platform }: ContractsWorkspace,
  io: CommandIo,
  options: JsonOption,
): Promise<void> {
  const findings = await checkContracts(config.contracts, platform.registry);
  if (options.json) writeJson(io, findings);
  else
    for (const { name, file, state, version, compatibility, reasons } of findings) {
      writeLine(io, `${name} ${SAYS[state](version)} (${compatibility})`);
      for (const reason of reasons) writeLine(io, `  ${file}: ${reason}`);
    }
  const bad = findings.filter(({ state }) => state === 'incompatible').length;
  if (bad > 0)
    throw new AssayError(
      'CHECK_FAILED',
      `${bad} of ${findings.length} contracts cannot be registered: mend the fields, or write \`compatibility: none\` if the change is meant`,
    );
}

/** Shows a version of a contract, or of any subject; the newest when none is named. */
export async function show(
  { platform }: ContractsWorkspace,
  io: CommandIo,
  name: string,
  wanted: number | undefined,
  options: JsonOption,
): Promise<void> {
  const found = await versionOf(platform.registry, name, wanted);
  const { subject, version, id } = found;
  const { level } = await platform.registry.compatibility(subject);
  const schema: unknown = JSON.parse(found.schema);
  if (options.json) return writeJson(io, { subject, version, id, compatibility: level, schema });
  writeLine(
    io,
    `subject        ${subject}\nversion        ${version}\nid             ${id}\ncompatibility  ${level}\n`,
  );
  writeJson(io, schema);
}

async function versionOf(
  registry: SchemaRegistry,
  name: string,
  wanted: number | undefined,
): Promise<RegisteredSchema> {
  let versions = await registry.versions(contractSubject(name));
  if (versions.length === 0) versions = await registry.versions(name);
  const found = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
  if (found !== undefined) return found;
  const what = versions.length === 0 ? `no contract or subject "${name}"` : `no version ${wanted} of "${name}"`;
  throw new AssayError('NOT_FOUND', `There is ${what} in the registry; \`assay contracts list\` shows what there is.`);
}

export const contractsCommand: CommandModule = (program, io) => {
  const group = program
    .command('contracts')
    .description('list the versions of the contracts, check the files against them, show one');
  group
    .command('list')
    .description('every subject of the registry with its versions, ids and compatibility')
    .action((_options, command) => within(command, io, (workspace, json) => list(workspace, io, { json })));
  group
    .command('check')
    .description('whether the registry would take the contract files; changes nothing')
    .action((_options, command) => within(command, io, (workspace, json) => check(workspace, io, { json })));
  group
    .command('show')
    .description('one version with its schema')
    .argument('<name>', 'a contract, or a subject as listed')
    .argument('[version]', 'its number (default: the newest)', numberAtLeast(1, true))
    .action((name: string, version: number | undefined, _options, command) =>
      within(command, io, (workspace, json) => show(workspace, io, name, version, { json })),
    );
};
