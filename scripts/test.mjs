// Runs the type check, the linter, the unit suites and the suites on real servers, and closes with one line:
// "N passed, N failed[, N skipped]". Arguments are passed to vitest: `npm test -- test/dedup`. The servers start while the rest runs.
import { holdServers } from './servers/held.mjs';
import { endWithPrograms, interruption, root, runProgram } from './testing/programs.mjs';
import { chooseSuites } from './testing/suites.mjs';
import { lastLine, sum } from './testing/tally.mjs';
import { runSuites } from './testing/vitest.mjs';
import { tellWithoutServers } from './testing/without-servers.mjs';

const CHECKS = /** @type {const} */ ([
  ['type check', 'typescript/bin/tsc', ['-p', 'tsconfig.json']],
  ['lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
]);
const SERVER_CONFIG = 'vitest.servers.config.ts';

endWithPrograms();
const { unit, server, filters, options } = chooseSuites(process.argv.slice(2), root);
const servers = server.length > 0 ? holdServers() : undefined;
/** @type {import('./testing/tally.mjs').Tally[]} */
const tallies = [];
// Told again at the very end: a log that is kept only in part keeps that one.
/** @type {string[]} */
const failures = [];
/** @param {string} config @param {readonly string[]} args @param {Record<string, string>} [environment] */
async function suites(config, args, environment) {
  const tally = await runSuites(config, args, environment);
  tallies.push(tally);
  failures.push(...tally.failures);
}
try {
  if (filters.length === 0)
    for (const [name, program, args] of CHECKS) {
      console.log(`${name} …`);
      const { status } = await runProgram(program, args);
      tallies.push({ passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 });
      if (status !== 0) failures.push(name);
    }
  // Filters that name nothing are left to vitest to complain about.
  if (unit.length > 0 || server.length === 0) {
    const files = filters.length === 0 ? [] : unit.length > 0 ? unit : filters;
    await suites('vitest.config.ts', [...options, ...files]);
  }
  if (servers !== undefined && interruption() === undefined) {
    const outcome = await Promise.race([servers.ready(), interruptionOf()]);
    if ('environment' in outcome) await suites(SERVER_CONFIG, [...options, ...server], outcome.environment);
    else if (interruption() === undefined)
      tallies.push(await tellWithoutServers(SERVER_CONFIG, server, outcome.reason));
  }
} finally {
  await servers?.stop();
}
if (interruption() !== undefined) tallies.push({ passed: 0, failed: 1, skipped: 0 });
for (const failure of failures) console.log(`failed: ${failure}`);
const total = sum(tallies);
console.log(lastLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Settles when this process is asked to end. @returns {Promise<{reason: string}>} */
function interruptionOf() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.once(signal, () => resolve({ reason: `ended by ${signal}` }));
  });
}
