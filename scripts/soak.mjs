// Goes on with faults and races for as long as asked: npm run test:soak -- --seed 1 --minutes 30 --matrix faults --records 2000,100000
import { parseArgs } from 'node:util';
import { holdServers } from './servers/held.mjs';
import { endWithPrograms, interruption, root, runProgram } from './testing/programs.mjs';
import { chooseSoaks, soakFiles } from './testing/soaks.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    matrix: { type: 'string', default: 'all' },
    records: { type: 'string' },
    races: { type: 'string' },
  },
});
const environment = {
  ASSAY_SOAK_SEED: values.seed,
  ASSAY_SOAK_MINUTES: values.minutes,
  ...(values.records === undefined ? {} : { ASSAY_SOAK_RECORDS: values.records }),
  ...(values.races === undefined ? {} : { ASSAY_SOAK_RACES: values.races }),
};

/** @param {string} reason */
function fail(reason) {
  console.error(`soak: ${reason}`);
  process.exitCode = 1;
}

/** @param {string[]} files */
async function run(files) {
  const servers = files.some((file) => file.includes('.server.')) ? holdServers() : undefined;
  try {
    const outcome = (await servers?.ready()) ?? { environment: {} };
    if ('reason' in outcome) return fail(outcome.reason);
    const args = ['run', '--config', 'vitest.soak.config.ts', ...files];
    const { status } = await runProgram('vitest/vitest.mjs', args, {
      environment: { ...environment, ...outcome.environment },
    });
    if (status !== 0 || interruption() !== undefined) process.exitCode = 1;
  } finally {
    await servers?.stop();
  }
}

endWithPrograms();
const files = chooseSoaks(values.matrix, soakFiles(root));
if (typeof files === 'string') fail(files);
else await run(files);
