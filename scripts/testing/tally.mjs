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
 * From the JSON report of vitest. A file that fails outside of its tests still counts as a failure, and so does a
 * run that failed without saying where.
 * @param {any} report undefined when there is none
 * @param {number} status of the process
 * @returns {Tally & {skippedNames: string[], failures: string[]}} failures: what failed, each with the beginning of its message
 */
export function tallyOf(report, status) {
  if (report === undefined)
    return { passed: 0, failed: 1, skipped: 0, skippedNames: [], failures: ['a run of suites that left no report'] };
  const files = /** @type {any[]} */ (report.testResults ?? []);
  const tests = files.flatMap((file) =>
    /** @type {any[]} */ (file.assertionResults ?? []).map((test) => ({ ...test, file: file.name })),
  );
  const failures = [
    ...files
      .filter(
        (file) =>
          file.status === 'failed' &&
          !(file.assertionResults ?? []).some((/** @type {any} */ test) => test.status === 'failed'),
      )
      .map((file) => `${file.name}: ${beginning(file.message)}`),
    ...tests
      .filter((test) => test.status === 'failed')
      .map((test) => `${test.file}: ${test.fullName}: ${beginning(test.failureMessages?.join('\n'))}`),
  ];
  if (failures.length === 0 && status !== 0) failures.push('a run of suites, outside of its tests: see above');
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests,
    skippedNames: tests
      .filter((test) => test.status === 'pending' || test.status === 'skipped')
      .map((test) => test.fullName),
    failures,
  };
}

/** @param {string | undefined} message */
const beginning = (message) => (message ?? '').trim().split('\n').slice(0, 12).join('\n    ');
