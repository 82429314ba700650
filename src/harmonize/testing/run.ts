import { type CanonicalRecord, type DeadLetter, keyText } from '../../records.js';
import type { Contract } from '../contracts/index.js';
import { harmonizer } from '../harmonizer.js';
import { differences } from './compare.js';
import { type MappingTest, readMappingTests, type TestProblem } from './file.js';

export interface MappingTestResult {
  name: string;
  /** Line of the test in its file, from 1. */
  line: number;
  passed: boolean;
  /** Why it failed, one line each. */
  failures: string[];
}

export interface MappingTestReport {
  tests: MappingTestResult[];
  /** What is wrong with the file itself. */
  problems: TestProblem[];
}

/** What a test needs of a source's configuration. */
export interface TestedSource {
  name: string;
  contract: string;
  key: readonly string[];
  mapping: unknown;
}

function judgeRefusal(test: MappingTest, letter: DeadLetter | undefined, stop: string | undefined): string[] {
  const reason = letter?.reason ?? stop;
  const shown = letter === undefined ? `stopped: ${stop ?? ''}` : `${letter.code}: ${letter.reason}`;
  if (test.error === undefined)
    return reason === undefined ? ['nothing came out'] : [`the record was refused (${shown})`];
  if (reason === undefined) return ['the record should be refused and was mapped'];
  const found = test.error === true || letter?.code === test.error || reason.includes(test.error);
  return found ? [] : [`the record should be refused with "${test.error}" and was refused with ${shown}`];
}

/**
 * Runs the unit tests of a mapping: each input goes through contract and mapping as in a run. `contracts` may lack the source's contract; then
 * the mapping alone is tested.
 *
 * @throws AssayError CONFIG_INVALID when the mapping cannot be compiled.
 */
export function runMappingTests(
  source: TestedSource,
  text: string,
  contracts: ReadonlyMap<string, Contract> = new Map(),
): MappingTestReport {
  const { tests, problems } = readMappingTests(text);
  const config = { sources: [source], contracts };
  const results = tests.map((test) => {
    // A harmonizer a test: no test sees what another one left.
    const { name, contract } = source;
    const raw = { source: name, id: 'test', contract, updatedAt: test.updatedAt, data: test.input };
    const message = { offset: 0, key: keyText(name, 'test'), value: JSON.stringify(raw) };
    const { canonical, deadLetters, stop } = harmonizer(config, { now: () => '' })([message]);
    const mapped = canonical[0]?.value;
    const record = typeof mapped === 'string' ? (JSON.parse(mapped) as CanonicalRecord) : undefined;
    const refused = deadLetters[0]?.value;
    const letter = typeof refused === 'string' ? (JSON.parse(refused) as DeadLetter) : undefined;
    const failures =
      record !== undefined && test.expect !== undefined
        ? differences(test.expect, record.product)
        : judgeRefusal(test, letter, stop?.message);
    return { name: test.name, line: test.line, passed: failures.length === 0, failures };
  });
  return { tests: results, problems };
}
