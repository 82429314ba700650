import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createMemoryCache } from './cache/index.js';
import { type Database, openEmbeddedDatabase } from './database/index.js';
import { readHolder, takeLock } from './lock.js';
import { openFileLog } from './log/index.js';
import type { OpenOptions, Platform, PlatformConfig } from './platform.js';
import { createTimerSchedule } from './schedule/index.js';
import { createDatabaseSearch, parseSynonyms, type Search } from './search/index.js';
import { answersAt, PROTOCOL, shareOn, socketPath } from './share/index.js';

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
  // Undone in reverse order, by a failed opening and by closing alike.
  const undo: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    if (dirname(socket) !== dataDir) undo.push(() => rmSync(dirname(socket), { recursive: true, force: true }));
    const lock = await takeLock(dataDir, {
      socket,
      protocol: PROTOCOL,
      brief: options.readOnly === true,
      answers: answersAt,
    });
    undo.push(() => lock.release());
    removeStale(before?.socket, dataDir);
    const log = await openFileLog(logFolder(dataDir), { segmentBytes: config.assay.log.segmentBytes, fsync: 'batch' });
    undo.push(() => log.close());
    for (const tail of log.recovered) options.logger?.warn({ ...tail }, 'cut a torn tail off the log');
    const database = await openEmbeddedDatabase(databaseFolder(dataDir));
    undo.push(() => database.close());
    const server = await shareOn(socket, database, log);
    undo.push(() => server.close());
    const cache = createMemoryCache();
    undo.push(() => cache.close());
    const search = openSearch(config, database);
    undo.push(() => search.close());
    const schedule = createTimerSchedule();
    undo.push(() => schedule.close());
    return {
      log,
      database,
      cache,
      search,
      schedule,
      servers: { log: false, database: false, cache: false, search: false, schedule: false },
      guards: () => [],
      dataDir,
      shared: false,
      close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

export function openSearch(config: PlatformConfig, database: Database): Search {
  const { synonyms } = config.assay.search;
  return createDatabaseSearch(
    database,
    synonyms === undefined ? {} : { synonyms: parseSynonyms(readFileSync(synonyms, 'utf8')) },
  );
}

/** The private folder of a dead owner's socket. */
function removeStale(socket: string | undefined, dataDir: string): void {
  if (socket === undefined || dirname(socket) === dataDir) return;
  if (dirname(socket).startsWith(join(tmpdir(), 'assay-'))) rmSync(dirname(socket), { recursive: true, force: true });
}
