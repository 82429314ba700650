import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type EmbeddedDatabase, openEmbeddedDatabase } from './database/index.js';
import { readHolder, takeLock } from './lock.js';
import { openFileLog } from './log/index.js';
import { type LocalParts, openParts } from './parts.js';
import type { OpenOptions, Platform, PlatformConfig } from './platform.js';
import { answersAt, PROTOCOL, shareOn, socketPath } from './share/index.js';
import { closing } from './undo.js';

/** Where the parts lie in a data directory. */
export function logFolder(dataDir: string): string {
  return join(dataDir, 'log');
}

export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'database');
}

/** Takes the data directory, opens its parts and lets other processes in. */
export async function ownPlatform(config: PlatformConfig, options: OpenOptions): Promise<Platform> {
  const dataDir = resolve(config.assay.dataDir);
  const before = readHolder(dataDir);
  const socket = socketPath(dataDir);
  const { undo, close } = closing();
  try {
    if (dirname(socket) !== dataDir) undo(() => rmSync(dirname(socket), { recursive: true, force: true }));
    const lock = await takeLock(dataDir, {
      socket,
      protocol: PROTOCOL,
      brief: options.readOnly === true,
      answers: answersAt,
    });
    undo(() => lock.release());
    removeStale(before?.socket, dataDir);
    const local: LocalParts = {};
    if (config.assay.platform.kafkaBrokers.length === 0) {
      const log = await openFileLog(logFolder(dataDir), {
        segmentBytes: config.assay.log.segmentBytes,
        fsync: 'batch',
      });
      undo(() => log.close());
      for (const tail of log.recovered) options.logger?.warn({ ...tail }, 'cut a torn tail off the log');
      local.log = log;
    }
    let embedded: EmbeddedDatabase | undefined;
    if (config.assay.platform.databaseUrl === undefined) {
      embedded = await openEmbeddedDatabase(databaseFolder(dataDir));
      undo(() => embedded?.close());
      local.database = embedded;
    }
    const platform = await openParts(config, local, {
      ...options,
      shared: false,
      close,
      undo,
    });
    const server = await shareOn(socket, embedded, platform.log);
    undo(() => server.close());
    return platform;
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

/** The private folder of a dead owner's socket. */
function removeStale(socket: string | undefined, dataDir: string): void {
  if (socket === undefined || dirname(socket) === dataDir) return;
  if (dirname(socket).startsWith(join(tmpdir(), 'assay-'))) rmSync(dirname(socket), { recursive: true, force: true });
}
