import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../errors.js';
import { lives, locked, readHolder } from './lock.js';
import { ownPlatform } from './own.js';
import { needsNoDirectory, openParts } from './parts.js';
import type { OpenOptions, Platform, PlatformConfig } from './platform.js';
import { answersAt, connectTo, PROTOCOL } from './share/index.js';
import { sharedPlatform } from './shared.js';
import { closing } from './undo.js';

/** How long a process is waited for that is just starting, stopping, or only reading. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

/**
 * Opens the platform that the configuration names.
 *
 * @throws AssayError DATA_DIR_LOCKED when another process holds the data directory and it may not be shared;
 *   PLATFORM_UNAVAILABLE and PLATFORM_INVALID for a server that is away or not set up as needed; LOG_CORRUPT, DATABASE.
 */
export async function openPlatform(config: PlatformConfig, options: OpenOptions = {}): Promise<Platform> {
  if (needsNoDirectory(config)) return serverPlatform(config, options);
  const { dataDir } = config.assay;
  const access = options.access ?? (options.readOnly === true ? 'share' : 'own');
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const holder = readHolder(dataDir);
    if (holder === undefined || !(await lives(holder, answersAt))) {
      try {
        return await ownPlatform(config, options);
      } catch (error) {
        // Someone was faster: the next round sees them.
        if (!(error instanceof AssayError) || error.code !== 'DATA_DIR_LOCKED' || Date.now() > deadline) throw error;
      }
    } else if (access === 'share') {
      if (holder.protocol !== PROTOCOL)
        throw new AssayError('DATA_DIR_LOCKED', `${locked(dataDir, holder).message}; it is another version of Assay`);
      const client = holder.socket === undefined ? undefined : await connectTo(holder.socket);
      if (client !== undefined) return sharedPlatform(config, client, options);
      if (Date.now() > deadline) throw locked(dataDir, holder);
    } else if (holder.brief !== true || Date.now() > deadline) {
      throw locked(dataDir, holder);
    }
    await sleep(PAUSE_MS);
  }
}

/** Log and database are servers: any number of processes work beside each other, and nothing is held. */
async function serverPlatform(config: PlatformConfig, options: OpenOptions): Promise<Platform> {
  const { undo, close } = closing();
  try {
    return await openParts(config, {}, { ...options, shared: false, close, undo });
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
