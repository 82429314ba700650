import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What brings a program that is missing, by the names of Debian's packages. */
const PACKAGES = /** @type {Record<string, string>} */ ({
  java: 'a Java 17 runtime (openjdk-17-jre-headless)',
  mvn: 'Maven (maven)',
  python3: 'Python 3 with pip (python3-pip)',
  unzip: 'unzip',
  tar: 'tar',
  xz: 'xz (xz-utils)',
  unshare: 'unshare (util-linux)',
  'apt-get': 'a redis-server on the PATH, or apt-get',
  'dpkg-deb': 'dpkg-deb (dpkg)',
});

/**
 * The path of a program, undefined when the PATH has none.
 * @param {string} program
 */
export function findProgram(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const path = join(folder, program);
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

/**
 * @param {string} server what it is for
 * @param {...string} programs
 */
export function need(server, ...programs) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${server} is to be had for Linux on x86-64 only; this is ${process.platform} on ${process.arch}`);
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length > 0)
    throw new Error(
      `${server} needs ${missing.join(', ')} on the PATH: install ${missing.map((program) => PACKAGES[program] ?? program).join(', ')}`,
    );
}

/**
 * Runs a program to its end.
 * @param {string[]} command
 * @param {{cwd?: string, environment?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined}} [options]
 * @returns {Promise<string>} what it wrote
 * @throws when it fails, with the last lines that it wrote
 */
export function execute(command, { cwd, environment, signal } = {}) {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
      });
    child.on('error', (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on('close', (code, ended) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} failed (${ended ?? `exit ${code}`})${lastLines(output)}`));
    });
  });
}

/**
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 15) {
  // Maven colours its output even when told not to.
  const lines = stripVTControlCharacters(output).trim().split('\n');
  return lines[0] === '' ? '' : `:\n  ${lines.slice(-count).join('\n  ')}`;
}

/**
 * What a command is put behind for servers that refuse to be run by root: a user namespace in which the process has an
 * ordinary id. Outside it is still root, so files need no other owner. unshare becomes the command: its id is the server's.
 * @param {string} server
 * @returns {string[]}
 */
export function asOrdinaryUser(server) {
  if (process.getuid?.() !== 0) return [];
  need(server, 'unshare');
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  if (spawnSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status !== 0)
    throw new Error(
      `${server} refuses to be run by root, and user namespaces are not allowed here: run as an ordinary user`,
    );
  return prefix;
}
