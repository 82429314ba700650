import { join } from 'node:path';
import type { Logger } from 'pino';
import type { CommandIo } from './cli/io.js';
import { readableLine } from './cli/log-line.js';
import { type Config, loadConfig } from './config/index.js';
import { installationFolder } from './installation.js';
import { Counters, createLogger } from './observe/index.js';
import { openPlatform, type Platform, runMigrations } from './platform/index.js';

/** What a command works with: the checked configuration and the open platform behind it. */
export interface Workspace {
  config: Config;
  platform: Platform;
  counters: Counters;
  logger: Logger;
  close(): Promise<void>;
}

/**
 * Loads a configuration folder and opens its platform, with the database at the newest schema.
 *
 * @param options.write take the data directory for writing. Without it the platform is opened for reading, beside a
 *   process that may hold it.
 * @throws AssayError CONFIG_INVALID with every mistake, DATA_DIR_LOCKED when another process writes.
 */
export async function openWorkspace(
  folder: string,
  io: Pick<CommandIo, 'stderr' | 'env'>,
  options: { write?: boolean } = {},
): Promise<Workspace> {
  const config = await loadConfig(folder, io.env);
  const terminal = (io.stderr as { isTTY?: boolean }).isTTY === true;
  const logger = createLogger({
    level: config.assay.logging.level,
    redact: config.redact,
    destination: { write: (line) => io.stderr.write(terminal ? readableLine(line) : line) },
  });
  const platform = await openPlatform(config, { logger, readOnly: options.write !== true });
  try {
    await runMigrations(platform.database, join(installationFolder(), 'migrations'));
  } catch (error) {
    await platform.close();
    throw error;
  }
  return { config, platform, counters: new Counters(), logger, close: () => platform.close() };
}
