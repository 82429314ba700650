import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { contents, startOf } from './process.mjs';

/**
 * Runs `work` while no other process runs its own under the same lock file. A lock whose owner is gone is taken away.
 *
 * Two processes that take away the same dead lock in the same moment may both go on: what is done under the lock has to
 * bear that, and does (installs end in one rename, ports are tried before use). The lock saves doing things twice.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, signal) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
  try {
    while (!taken(own, file)) {
      const [pid, started] = (contents(file) ?? '').split(' ');
      if (pid && startOf(Number(pid)) !== started) takeAway(file);
      else await pause(100, undefined, signal === undefined ? {} : { signal });
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * A link is made whole or not at all, so nobody reads a lock that is half written.
 * @param {string} own
 * @param {string} file
 */
function taken(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function takeAway(file) {
  const dead = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, dead);
    rmSync(dead);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}
