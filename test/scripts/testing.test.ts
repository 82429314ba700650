import { describe, expect, it } from 'vitest';
import { chooseSoaks } from '../../scripts/testing/soaks.mjs';
import { chooseSuites, splitArguments } from '../../scripts/testing/suites.mjs';
import { lastLine, sum, tallyOf } from '../../scripts/testing/tally.mjs';
import { installationFolder } from '../../src/installation.js';

const root = installationFolder();

describe('the choice of suites', () => {
  it('keeps suites on servers apart', () => {
    const { unit, server } = chooseSuites([], root);
    expect(unit).toContain('test/scripts/testing.test.ts');
    expect(server).toContain('test/scripts/faults.server.test.ts');
    expect(unit.filter((file) => file.includes('.server.'))).toEqual([]);
    expect([...unit, ...server].filter((file) => file.startsWith('test/soak/'))).toEqual([]);
  });

  it('starts no servers for files that need none', () => {
    expect(chooseSuites(['test/scripts/testing'], root)).toMatchObject({
      unit: ['test/scripts/testing.test.ts'],
      server: [],
    });
    expect(chooseSuites(['./test/scripts/faults.server.test.ts'], root)).toMatchObject({
      unit: [],
      server: ['test/scripts/faults.server.test.ts'],
    });
  });

  it('tells options from files', () => {
    expect(splitArguments(['-t', 'a name', 'test/x', '--bail=1'])).toEqual({
      filters: ['test/x'],
      options: ['-t', 'a name', '--bail=1'],
    });
  });

  it('of soaks goes by the first word of the file', () => {
    const files = ['test/soak/crash.soak.ts', 'test/soak/races.server.soak.ts'];
    expect(chooseSoaks('all', files)).toEqual(files);
    expect(chooseSoaks('races', files)).toEqual(['test/soak/races.server.soak.ts']);
    expect(chooseSoaks('rain', files)).toBe('there is no matrix "rain"; there are crash, races, all');
  });
});

describe('the last line', () => {
  const test = (status: string) => ({ status, fullName: `a ${status} test` });

  it('counts a file that does not load as a failure', () => {
    const report = {
      ...{ numPassedTests: 1, numFailedTests: 0, numPendingTests: 1 },
      testResults: [
        { status: 'passed', assertionResults: [test('passed'), test('skipped')] },
        { status: 'failed', name: 'broken.test.ts', message: 'no such module', assertionResults: [] },
      ],
    };
    const tally = tallyOf(report, 1);
    expect(tally).toEqual({
      ...{ passed: 1, failed: 1, skipped: 1, skippedNames: ['a skipped test'] },
      failures: ['broken.test.ts: no such module'],
    });
    expect(lastLine(sum([tally, { passed: 4, failed: 0, skipped: 0 }]))).toBe('5 passed, 1 failed, 1 skipped');
  });

  it('comes after what failed, by file and name, with the beginning of each message', () => {
    const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`);
    const report = {
      ...{ numPassedTests: 1, numFailedTests: 1, numPendingTests: 0 },
      testResults: [
        {
          ...{ status: 'failed', name: 'x.test.ts' },
          assertionResults: [test('passed'), { ...test('failed'), failureMessages: [lines.join('\n')] }],
        },
      ],
    };
    const { failed, failures } = tallyOf(report, 1);
    expect(failed).toBe(1);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^x\.test\.ts: a failed test: line 0\n {4}line 1\n/);
    expect(failures[0]).not.toContain('line 20');
  });

  it('counts a run that failed elsewhere, or told nothing', () => {
    const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, testResults: [] };
    expect(lastLine(tallyOf(clean, 0))).toBe('3 passed, 0 failed');
    expect(lastLine(tallyOf(clean, 1))).toBe('3 passed, 1 failed');
    expect(lastLine(tallyOf(undefined, 0))).toBe('0 passed, 1 failed');
  });
});
