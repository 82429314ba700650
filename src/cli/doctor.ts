import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config/index.js';
import { AssayError, messageOf } from '../errors.js';
import { topicsOf } from '../pipeline/topics.js';
import { checkServers } from '../platform/index.js';
import {
  checkDatabase,
  checkDataDir,
  checkDisk,
  checkFingerprints,
  checkLock,
  checkMessages,
  checkNode,
  type Finding,
} from './doctor-checks.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

/** Checks everything that Assay needs, in the order in which one thing needs the other. Changes nothing but what a start would recover. */
export async function doctor(folder: string, io: Pick<CommandIo, 'env'>): Promise<Finding[]> {
  const findings: Finding[] = [{ check: 'node', ...checkNode(process.versions.node) }];
  let config: Config;
  try {
    config = await loadConfig(folder, io.env);
    const { sources, contracts } = config;
    findings.push({
      check: 'configuration',
      state: 'ok',
      message: `${sources.length} sources, ${contracts.size} contracts`,
    });
  } catch (error) {
    const advice = error instanceof AssayError ? error.hint : `Check ${folder}.`;
    findings.push({ check: 'configuration', state: 'wrong', message: messageOf(error), advice });
    return findings;
  }
  const { dataDir, platform } = config.assay;
  const inFiles = platform.kafkaBrokers.length === 0;
  const embedded = platform.databaseUrl === undefined;
  type Check = [string, () => Promise<Omit<Finding, 'check'>> | Omit<Finding, 'check'>];
  const checks: Check[] = [
    ['data directory', () => checkDataDir(dataDir)],
    ...(inFiles || embedded ? [['lock', () => checkLock(dataDir)] satisfies Check] : []),
    ['disk', () => checkDisk(dataDir)],
    ...(inFiles ? [['log', () => checkMessages(dataDir)] satisfies Check] : []),
    ...(embedded ? [['database', () => checkDatabase(config)] satisfies Check] : []),
    ['fingerprints', () => checkFingerprints(dataDir)],
  ];
  for (const [check, look] of checks) {
    try {
      findings.push({ check, ...(await look()) });
    } catch (error) {
      const advice = error instanceof AssayError ? error.hint : 'See the message.';
      findings.push({ check, state: 'wrong', message: messageOf(error), advice });
    }
  }
  findings.push(...(await checkServers(config, topicsOf(config))));
  return findings;
}

export function doctorText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const indent = ' '.repeat(width + 11);
  return findings
    .map(({ check, state, message, advice }) =>
      [
        `${state.padEnd(8)} ${check.padEnd(width)}  ${message.replaceAll('\n', `\n${indent}`)}`,
        ...(advice === undefined ? [] : [indent + advice]),
      ].join('\n'),
    )
    .join('\n');
}

export const doctorCommand: CommandModule = (program, io) => {
  program
    .command('doctor')
    .description('check configuration, data directory, log, database and servers, and say what to do')
    .action(async (_options, command) => {
      const { config: folder, json } = globalOptions(command);
      const findings = await doctor(resolve(io.cwd, folder), io);
      const bad = findings.filter(({ state }) => state === 'wrong').length;
      if (json) writeJson(io, { healthy: bad === 0, findings });
      else writeLine(io, doctorText(findings));
      if (bad > 0) throw new AssayError('CHECK_FAILED', `${bad} of ${findings.length} checks found something wrong`);
    });
};
