import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, runProgram } from './programs.mjs';
import { tallyOf } from './tally.mjs';

const VITEST = 'vitest/vitest.mjs';

/**
 * Runs suites, and names the tests that were skipped.
 * @param {string} config
 * @param {readonly string[]} args
 * @param {Record<string, string>} [environment]
 * @returns {Promise<import('./tally.mjs').Tally & {failures: string[]}>}
 */
export async function runSuites(config, args, environment = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-test-'));
  try {
    const file = join(scratch, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { status } = await runProgram(VITEST, ['run', '--config', config, ...reporters, ...args], { environment });
    const tally = tallyOf(reportIn(file), status);
    for (const name of tally.skippedNames) console.log(`skipped: ${name}`);
    return tally;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * How many tests each file holds, without running them; one where that cannot be told.
 * @param {string} config
 * @param {readonly string[]} files
 * @returns {Promise<Map<string, number>>}
 */
export async function countTests(config, files) {
  const { output } = await runProgram(VITEST, ['list', '--config', config, '--json', ...files], {
    quiet: true,
  });
  const counts = new Map(files.map((file) => [file, 0]));
  for (const { file } of listIn(output)) {
    const path = relative(root, file).replaceAll('\\', '/');
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return new Map([...counts].map(([file, count]) => [file, Math.max(count, 1)]));
}

/**
 * @param {string} output
 * @returns {{file: string}[]}
 */
function listIn(output) {
  try {
    return JSON.parse(output.slice(output.indexOf('[')));
  } catch {
    return [];
  }
}

/** @param {string} file */
function reportIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
