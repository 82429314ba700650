// The real servers, for development and for tests, without a container engine: node scripts/servers.mjs start
import { parseCommand, USAGE, UsageError } from './servers/command.mjs';
import { serverSet } from './servers/index.mjs';

const abort = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => abort.abort());
const set = serverSet({ say: (line) => console.error(line), signal: abort.signal });

/** @param {import('./servers/index.mjs').ServerName[]} names */
async function tellStatus(names) {
  const states = await set.status(names);
  for (const { name, version, pid, address, healthy } of states) {
    const state = pid === undefined ? 'stopped' : `${healthy ? 'running' : 'started'}  ${address}  pid ${pid}`;
    console.log(`${name.padEnd(14)}${version.padEnd(8)}${state}`);
  }
  return states.every(({ healthy }) => healthy) ? 0 : 1;
}

try {
  const { command, names, options } = parseCommand(process.argv.slice(2));
  if (command === 'help') console.log(USAGE);
  else if (command === 'install') await set.install(names);
  else if (command === 'start') await set.start(names, options);
  else if (command === 'stop') await set.stop(names);
  else if (command === 'status') process.exitCode = await tellStatus(names);
  else for (const [name, value] of Object.entries(set.env())) console.log(`export ${name}='${value}'`);
} catch (error) {
  console.error(`servers: ${error instanceof Error ? error.message : error}`);
  if (error instanceof UsageError) console.error(USAGE);
  process.exitCode = 1;
}
