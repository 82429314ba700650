/**
 * What came of a run.
 * @typedef {{passed: number, failed: number, skipped: number}} Tally
 */

/** @param {readonly Tally[]} tallies */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  return total;
}

/** The line that a run ends with. @param {Tally} tally */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * From the JSON report of vitest. A file that fails to load has no tests of its own; it still counts as a failure, and so does a
 * run that failed without saying where.
 * @param {any} report undefined when there is none
 * @param {number} status of the process
 * @returns {Tally & {skippedNames: string[]}}
 */
export function tallyOf(report, status) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, skippedNames: [] };
  const files = /** @type {any[]} */ (report.testResults ?? []);
  const broken = files.filter((file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0).length;
  const failed = report.numFailedTests + broken;
  const skippedNames = files
    .flatMap((file) => file.assertionResults ?? [])
    .filter((test) => test.status === 'pending' || test.status === 'skipped')
    .map((test) => test.fullName);
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests,
    skippedNames,
  };
}
