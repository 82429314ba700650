import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The soak suites there are; `*.server.soak.ts` need servers.
 * @param {string} root
 */
export function soakFiles(root) {
  return readdirSync(join(root, 'test', 'soak'))
    .filter((name) => name.endsWith('.soak.ts'))
    .map((name) => `test/soak/${name}`)
    .sort();
}

/**
 * @param {string} matrix the word that a suite's file begins with, or `all`
 * @param {readonly string[]} files
 * @returns {string[] | string} the files, or what is wrong with the word
 */
export function chooseSoaks(matrix, files) {
  const beginning = (/** @type {string} */ file) => file.split('/').at(-1)?.split(/[-.]/)[0] ?? '';
  const chosen = files.filter((file) => matrix === 'all' || beginning(file) === matrix);
  if (chosen.length > 0) return chosen;
  const known = [...new Set(files.map(beginning)), 'all'];
  return `there is no matrix "${matrix}"; there are ${known.join(', ')}`;
}
