import { parseArgs } from 'node:util';
import { SERVER_NAMES } from './places.mjs';

/** The command line was not understood: the usage helps. */
export class UsageError extends Error {}

export const USAGE = `usage: node scripts/servers.mjs install|start|stop|status|env [${SERVER_NAMES.join('] [')}]
  install   fetches what is missing
  start     installs and starts what is missing, and waits until it serves
              --no-fsync     Postgres need not survive a power cut: faster (--fsync: it has to, again)
              --appendonly   Redis keeps its data over a restart (--no-appendonly: not again)
  stop      ends the servers; data stays
  status    tells each server; exit status 1 unless all run
  env       prints the addresses for a shell: eval "$(node scripts/servers.mjs env)"

Without names: all four. Programs are in $ASSAY_SERVERS_CACHE, a set's data, logs and ports in $ASSAY_SERVERS_RUN.
Ports are chosen, and kept; ASSAY_SERVERS_KAFKA_PORT, _POSTGRES_PORT … set them.`;

const COMMANDS = /** @type {const} */ (['install', 'start', 'stop', 'status', 'env']);

/**
 * @typedef {{
 *   command: typeof COMMANDS[number] | 'help',
 *   names: import('./index.d.mts').ServerName[],
 *   options: {fsync?: boolean, appendonly?: boolean},
 * }} Request
 */

/**
 * @param {readonly string[]} args
 * @returns {Request}
 * @throws {UsageError} that says what was not understood
 */
export function parseCommand(args) {
  const { values, positionals } = parsed(args);
  const [word, ...words] = positionals;
  if (values.help || word === 'help') return { command: 'help', names: [], options: {} };
  const command = COMMANDS.find((each) => each === word);
  if (command === undefined)
    throw new UsageError(word === undefined ? 'a command is missing' : `there is no command "${word}"`);
  const names = words.map((each) => {
    const name = SERVER_NAMES.find((known) => known === each);
    if (name === undefined) throw new UsageError(`there is no server "${each}"; there are ${SERVER_NAMES.join(', ')}`);
    return name;
  });
  const { fsync, appendonly } = values;
  if (command !== 'start' && (fsync !== undefined || appendonly !== undefined))
    throw new UsageError(`"${command}" takes no options; "start" does`);
  return {
    command,
    names: names.length > 0 ? [...new Set(names)] : [...SERVER_NAMES],
    options: {
      ...(fsync === undefined ? {} : { fsync }),
      ...(appendonly === undefined ? {} : { appendonly }),
    },
  };
}

/** @param {readonly string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: { fsync: { type: 'boolean' }, appendonly: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
