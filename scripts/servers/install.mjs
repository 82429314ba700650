import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { commandLine } from './process.mjs';

/**
 * Fills a folder once. It gets its name only when it is complete, so a folder that is there can be used, whatever happened to
 * those who filled it.
 * @param {string} target
 * @param {(folder: string, scratch: string) => Promise<void>} fill `scratch` is dropped in the end
 * @param {AbortSignal} [signal]
 * @returns {Promise<boolean>} whether there was something to do
 */
export async function installInto(target, fill, signal) {
  if (existsSync(target)) return false;
  return withLock(
    `${target}.lock`,
    async () => {
      if (existsSync(target)) return false;
      dropAbandoned(target);
      const folder = `${target}.partial-${process.pid}`;
      const scratch = join(folder, '.scratch');
      mkdirSync(scratch, { recursive: true });
      try {
        await fill(folder, scratch);
        rmSync(scratch, { recursive: true });
        renameUnlessThere(folder, target);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      return true;
    },
    signal,
  );
}

/**
 * @param {string} folder
 * @param {string} target
 */
function renameUnlessThere(folder, target) {
  try {
    renameSync(folder, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

/** @param {string} target */
function dropAbandoned(target) {
  const beginning = `${basename(target)}.partial-`;
  for (const entry of readdirSync(dirname(target)))
    if (entry.startsWith(beginning) && commandLine(Number(entry.slice(beginning.length))) === undefined)
      rmSync(join(dirname(target), entry), { recursive: true, force: true });
}
