// Runs the type check, the linter and every test, and closes with one line: "N passed, N failed[, N skipped]".
// Arguments are passed to vitest: `npm test -- test/dedup`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const filters = process.argv.slice(2);
const node = (file, args) =>
  spawnSync(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root, stdio: 'inherit' });

let failedChecks = 0;
if (filters.length === 0) {
  for (const [name, file, args] of [
    ['type check', 'typescript/bin/tsc', ['-p', 'tsconfig.json']],
    ['lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
  ]) {
    console.log(`${name} …`);
    if (node(file, args).status !== 0) failedChecks++;
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'assay-test-'));
const resultFile = join(scratch, 'results.json');
const done = node('vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${resultFile}`,
  ...filters,
]);

let result;
try {
  result = JSON.parse(readFileSync(resultFile, 'utf8'));
} catch {
  result = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
}
rmSync(scratch, { recursive: true, force: true });

for (const file of result.testResults)
  for (const test of file.assertionResults ?? [])
    if (test.status === 'pending' || test.status === 'skipped') console.log(`skipped: ${test.fullName}`);

// A file that fails to load has no test results of its own; it still counts as a failure.
const broken = result.testResults.filter(
  (f) => f.status === 'failed' && (f.assertionResults ?? []).length === 0,
).length;
const failed = result.numFailedTests + failedChecks + broken;
const skipped = result.numPendingTests;
console.log(`${result.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = done.status !== 0 || failed > 0 ? 1 : 0;
