import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Options of vitest whose value is the next word. */
const WITH_VALUE = new Set(['-t', '--testNamePattern', '--bail', '--retry', '--testTimeout', '--reporter']);

/**
 * What a run was asked for: which files, of which kind, with which options.
 * @typedef {{unit: string[], server: string[], filters: string[], options: string[]}} Suites
 */

/**
 * @param {readonly string[]} args
 * @param {string} root
 * @returns {Suites} `unit` and `server`: the files that the filters name, all of them when there are none
 */
export function chooseSuites(args, root) {
  const { filters, options } = splitArguments(args);
  const files = testFiles(root).filter(
    (file) => filters.length === 0 || filters.some((filter) => file.includes(filter.replace(/^\.\//, ''))),
  );
  return {
    unit: files.filter((file) => !file.endsWith('.server.test.ts')),
    server: files.filter((file) => file.endsWith('.server.test.ts')),
    filters,
    options,
  };
}

/** @param {readonly string[]} args */
export function splitArguments(args) {
  /** @type {string[]} */
  const filters = [];
  /** @type {string[]} */
  const options = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (!word.startsWith('-')) filters.push(word);
    else {
      options.push(word);
      if (WITH_VALUE.has(word)) options.push(args[++i] ?? '');
    }
  }
  return { filters, options };
}

/**
 * Paths from the root, with `/`, in order. Soak suites have a command of their own.
 * @param {string} root
 */
function testFiles(root) {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/soak/'))
    .sort();
}
