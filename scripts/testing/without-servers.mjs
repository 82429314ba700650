import { countTests } from './vitest.mjs';

/**
 * What is told of suites whose servers could not be started. Where every change is checked (`CI` is set) that is a failure, so that
 * nothing passes unproven; elsewhere they are skipped, each with the reason.
 * @param {string} config
 * @param {readonly string[]} files
 * @param {string} reason
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function tellWithoutServers(config, files, reason, environment = process.env) {
  const fails = isSet(environment.CI);
  const counts = await countTests(config, files);
  const why = reason.replaceAll(/\s*\n\s*/g, ' ');
  for (const file of files) console.log(`${fails ? 'failed' : 'skipped'}: ${file}: ${why}`);
  if (fails) console.log(`the servers could not be started:\n${reason}`);
  const tests = [...counts.values()].reduce((total, count) => total + count, 0);
  return { passed: 0, failed: fails ? tests : 0, skipped: fails ? 0 : tests };
}

/** @param {string | undefined} value */
const isSet = (value) => value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
