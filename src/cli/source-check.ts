import { existsSync, readFileSync } from 'node:fs';
import { type Config, Mistakes, type SourceConfig, shownPath } from '../config/index.js';
import { AssayError } from '../errors.js';
import { type MappingTestResult, runMappingTests } from '../harmonize/index.js';
import { type CommandIo, writeJson, writeLine } from './io.js';

export interface SourceCheck {
  source: string;
  /** Path of the test file; absent when there is none. */
  file?: string;
  tests: MappingTestResult[];
}

/**
 * Runs the mapping tests beside each source (`<name>.test.yaml`).
 *
 * @throws AssayError CONFIG_INVALID with every mistake in the test files.
 */
export function checkSources(config: Config, sources: readonly SourceConfig[]): SourceCheck[] {
  const mistakes = new Mistakes(config.redact);
  const checks = sources.map((source): SourceCheck => {
    const file = source.file.replace(/\.ya?ml$/, '.test.yaml');
    if (!existsSync(file)) return { source: source.name, tests: [] };
    const { tests, problems } = runMappingTests(source, readFileSync(file, 'utf8'), config.contracts);
    for (const { line, message } of problems) mistakes.add(file, line, message);
    return { source: source.name, file: shownPath(file), tests };
  });
  mistakes.throwIfAny();
  return checks;
}

/** One line a source, and below it the tests that failed with their place. */
export function checkText({ source, file, tests }: SourceCheck): string {
  const failed = tests.filter(({ passed }) => !passed);
  if (file === undefined) return `ok    ${source}: no tests`;
  if (failed.length === 0) return `ok    ${source}: ${tests.length} tests passed`;
  return [
    `FAIL  ${source}: ${failed.length} of ${tests.length} tests failed`,
    ...failed.flatMap(({ name, line, failures }) => [
      `      ${file}:${line}: ${name}`,
      ...failures.map((failure) => `        ${failure}`),
    ]),
  ].join('\n');
}

/** @throws AssayError MAPPING_FAILED when a test failed. */
export function sourceCheck(config: Config, sources: readonly SourceConfig[], io: CommandIo, json: boolean): void {
  const checks = checkSources(config, sources);
  if (json) writeJson(io, { sources: checks });
  else for (const check of checks) writeLine(io, checkText(check));
  const failed = checks.flatMap(({ tests }) => tests).filter(({ passed }) => !passed).length;
  if (failed > 0) throw new AssayError('MAPPING_FAILED', `${failed} mapping ${failed === 1 ? 'test' : 'tests'} failed`);
}
