import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Readings of a command line before an empty one is believed. */
const READINGS = 100;

/**
 * What a running process was started with; undefined when there is none with this id (one that ended and that its parent
 * has not yet waited for has an empty command line; so has, for an instant, one that is becoming another program).
 * @param {number} pid
 */
export function commandLine(pid) {
  for (let reading = 0; reading < READINGS; reading++) {
    const text = contents(`/proc/${pid}/cmdline`);
    if (text) return text.replaceAll('\0', ' ').trim();
    if (text === undefined || 'ZX'.includes(fieldsOf(pid)?.[0] ?? 'X')) return undefined;
  }
  return undefined;
}

/**
 * The process of a pid file, if it runs and its command line names the server's folder: ids are given out again.
 * @param {string} file
 * @param {string} folder
 */
export function ownProcess(file, folder) {
  const pid = Number(contents(file)?.trim() || 0);
  if (!Number.isSafeInteger(pid) || pid < 2) return undefined;
  return commandLine(pid)?.includes(`${folder}/`) ? pid : undefined;
}

/**
 * Clock ticks from boot to the start of a process; tells it from a later one with the same id. The name, in parentheses, may
 * hold anything.
 * @param {number} pid
 */
export function startOf(pid) {
  return fieldsOf(pid)?.[19];
}

/** @param {number} pid */
export function childrenOf(pid) {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && fieldsOf(Number(entry))?.[1] === String(pid))
    .map(Number);
}

/**
 * Starts a program that outlives this process, with its output in `log` (the last one is kept as `log.previous`) and its
 * id in a pid file.
 * @param {string} folder
 * @param {string[]} command
 * @param {{pidFile?: string, cwd?: string, environment?: NodeJS.ProcessEnv}} [options]
 */
export function launch(folder, command, { pidFile = 'pid', cwd, environment } = {}) {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'log');
  if (contents(log)) renameSync(log, `${log}.previous`);
  const output = openSync(log, 'w');
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // Told by the missing process id.
  child.on('error', () => {});
  if (child.pid === undefined) throw new Error(`"${program}" could not be started`);
  writeFileSync(join(folder, pidFile), String(child.pid));
  child.unref();
}

/**
 * Kills a process and its children at once. It is halted first, so that it starts no child that is missed.
 * @param {number} pid
 */
export async function killTree(pid) {
  signal(pid, 'SIGSTOP');
  const doomed = [pid, ...childrenOf(pid)].map((id) => ({ id, started: startOf(id) }));
  for (const { id } of doomed) signal(id, 'SIGKILL');
  await gone(() => doomed.some(({ id, started }) => commandLine(id) !== undefined && startOf(id) === started), 30);
}

/**
 * Ends a process politely, and by force when it has not ended after half a minute.
 * @param {() => number | undefined} find the process, undefined once it is gone
 * @param {NodeJS.Signals} politely
 */
export async function end(find, politely) {
  const pid = find();
  if (pid === undefined) return;
  signal(pid, politely);
  if (await gone(() => find() !== undefined, 30)) return;
  await killTree(pid);
}

/**
 * @param {() => boolean} running
 * @param {number} seconds
 */
async function gone(running, seconds) {
  const deadline = performance.now() + seconds * 1000;
  while (running()) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @param {number} pid */
function fieldsOf(pid) {
  const stat = contents(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** @param {string} file */
export function contents(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
