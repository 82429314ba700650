import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {NodeJS.Signals | undefined} */
let interrupted;

/** The signal that asked this process to end, once one has come. */
export const interruption = () => interrupted;

/** From now on, a signal to end is handed to the programs that run, and this process goes on to clean up. */
export function endWithPrograms() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      interrupted ??= signal;
      for (const child of running) child.kill(signal);
    });
}

/**
 * Runs a program of node_modules with the terminal as its output.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{environment?: Record<string, string>, quiet?: boolean}} [options] quiet: what it writes is given back instead
 * @returns {Promise<{status: number, output: string}>}
 */
export function runProgram(file, args, { environment = {}, quiet = false } = {}) {
  if (interrupted !== undefined) return Promise.resolve({ status: 1, output: '' });
  const child = spawn(process.execPath, [join(root, 'node_modules', file), ...args], {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'ignore'] : 'inherit',
    env: { ...process.env, ...environment },
  });
  running.add(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ status: code ?? 1, output });
    });
  });
}
