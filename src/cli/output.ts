import { once } from 'node:events';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AssayError, messageOf } from '../errors.js';
import type { CommandIo } from './io.js';

/** Where a command's result goes. */
export interface Output {
  /** Resolves when more can be taken. */
  write(text: string): Promise<void>;
}

/**
 * Lets `work` write to `file`, or to stdout when `file` is undefined. A file appears under its name when it is whole: what
 * fails leaves an older file of that name as it was.
 */
export async function writeOutput(
  io: CommandIo,
  file: string | undefined,
  work: (output: Output) => Promise<void>,
): Promise<void> {
  if (file === undefined)
    return work({
      async write(text) {
        io.signal.throwIfAborted();
        if (!io.stdout.write(text)) await once(io.stdout, 'drain', { signal: io.signal });
      },
    });
  const path = resolve(io.cwd, file);
  const partial = `${path}.partial`;
  const handle = await opened(partial, file);
  try {
    await work({
      async write(text) {
        io.signal.throwIfAborted();
        await handle.appendFile(text).catch(refuse(file));
      },
    });
    await handle.close();
    await rename(partial, path).catch(refuse(file));
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

const opened = (path: string, file: string): Promise<FileHandle> => open(path, 'w').catch(refuse(file));

const refuse =
  (file: string) =>
  (cause: unknown): never => {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new AssayError(full ? 'DISK_FULL' : 'USAGE', `Cannot write ${file}: ${messageOf(cause)}`, { cause });
  };
