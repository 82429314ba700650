import { resolve } from 'node:path';
import { openRemoteDatabase } from './database/index.js';
import { openRemoteLog } from './log/index.js';
import { logFolder } from './own.js';
import { type LocalParts, openParts } from './parts.js';
import type { OpenOptions, Platform, PlatformConfig } from './platform.js';
import type { ShareClient } from './share/index.js';
import { closing } from './undo.js';

/** Uses the embedded parts through the process that holds the data directory. Its schedules run there, not here. */
export async function sharedPlatform(
  config: PlatformConfig,
  client: ShareClient,
  options: OpenOptions,
): Promise<Platform> {
  const { undo, close } = closing();
  undo(() => client.close());
  try {
    const local: LocalParts = {};
    if (config.assay.platform.kafkaBrokers.length === 0) {
      const log = openRemoteLog(logFolder(resolve(config.assay.dataDir)), client);
      undo(() => log.close());
      local.log = log;
    }
    if (config.assay.platform.databaseUrl === undefined) local.database = openRemoteDatabase(client);
    return await openParts(config, local, { ...options, shared: true, close, undo });
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
