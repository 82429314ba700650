import { resolve } from 'node:path';
import { createMemoryCache } from './cache/index.js';
import { openRemoteDatabase } from './database/index.js';
import { openRemoteLog } from './log/index.js';
import { logFolder, openSearch } from './own.js';
import type { Platform, PlatformConfig } from './platform.js';
import { createTimerSchedule } from './schedule/index.js';
import type { ShareClient } from './share/index.js';

/** Uses log and database through the process that holds the data directory. Its schedules run there, not here. */
export function sharedPlatform(config: PlatformConfig, client: ShareClient): Platform {
  const dataDir = resolve(config.assay.dataDir);
  const database = openRemoteDatabase(client);
  const log = openRemoteLog(logFolder(dataDir), client);
  const cache = createMemoryCache();
  const search = openSearch(config, database);
  const schedule = createTimerSchedule();
  return {
    log,
    database,
    cache,
    search,
    schedule,
    servers: { log: false, database: false, cache: false, search: false, schedule: false },
    guards: () => [],
    dataDir,
    shared: true,
    close: async () => {
      await schedule.close();
      await search.close();
      await cache.close();
      await log.close();
      await client.close();
    },
  };
}
