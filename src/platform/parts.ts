import { resolve } from 'node:path';
import { createMemoryCache } from './cache/index.js';
import type { Database } from './database/index.js';
import type { GuardState } from './guard.js';
import type { Log } from './log/index.js';
import type { OpenOptions, Platform, PlatformConfig } from './platform.js';
import { openRegistry } from './registry/open.js';
import { createTimerSchedule } from './schedule/index.js';
import { createDatabaseSearch, withFallback } from './search/index.js';
import { kafkaOptions, synonymsOf } from './server-options.js';

/** What the data directory gives; what is absent is a server. */
export interface LocalParts {
  log?: Log;
  database?: Database;
}

/** Whether log and database are both servers, so that nothing has to be held in the data directory. */
export function needsNoDirectory({ assay: { platform } }: PlatformConfig): boolean {
  return platform.kafkaBrokers.length > 0 && platform.databaseUrl !== undefined;
}

/**
 * Opens every part that `local` does not give, and puts the platform together. What was opened is handed to `undo`, to be
 * closed in reverse order. Clients of servers are loaded only where a server is configured: they cost start-up time.
 */
export async function openParts(
  config: PlatformConfig,
  local: LocalParts,
  options: OpenOptions & { shared: boolean; close: () => Promise<void>; undo: (step: () => unknown) => void },
): Promise<Platform> {
  const { platform, cache: cacheSettings } = config.assay;
  const { namespace } = platform;
  const { undo, logger } = options;
  const told = logger === undefined ? {} : { logger };
  const guards: (() => GuardState[])[] = [];
  const server = <T extends { close(): Promise<void>; guards(): GuardState[] }>(part: T): T => {
    undo(() => part.close());
    guards.push(() => part.guards());
    return part;
  };
  const own = <T extends { close(): Promise<void> }>(part: T): T => {
    undo(() => part.close());
    return part;
  };

  const database =
    local.database ??
    server(await (await import('./database/server/index.js')).openPostgres({ url: platform.databaseUrl!, ...told }));

  const { registry, guards: registryGuards } = openRegistry(config, database, told);
  if (registryGuards !== undefined) guards.push(registryGuards);

  let log = local.log;
  if (log === undefined) {
    const { openKafkaLog } = await import('./log/kafka/index.js');
    const { avroCodec } = await import('./registry/index.js');
    log = server(await openKafkaLog({ ...kafkaOptions(config), codec: avroCodec(registry), ...told }));
  }

  const cache =
    platform.redisUrl === undefined
      ? own(createMemoryCache({ max: cacheSettings.entries, negativeTtlMs: cacheSettings.negativeTtl }))
      : server(
          await (await import('./cache/redis/index.js')).openRedisCache({
            url: platform.redisUrl,
            namespace,
            ttlMs: cacheSettings.ttl,
            memoryTtlMs: cacheSettings.memoryTtl,
            negativeTtlMs: cacheSettings.negativeTtl,
            entries: cacheSettings.entries,
            ...told,
          }),
        );

  const inDatabase = own(createDatabaseSearch(database, synonymsOf(config)));
  let search: Platform['search'] = inDatabase;
  let substitute: Platform['substitute'];
  if (platform.elasticsearchUrl !== undefined) {
    const { openElasticsearch } = await import('./search/elasticsearch/index.js');
    const primary = server(
      await openElasticsearch({ url: platform.elasticsearchUrl, namespace, ...synonymsOf(config), ...told }),
    );
    substitute = config.assay.search.fallback ? inDatabase : undefined;
    search = substitute === undefined ? primary : withFallback(primary, substitute, told);
  }

  const schedule =
    platform.redisUrl === undefined
      ? own(createTimerSchedule())
      : server(
          await (await import('./schedule/bull/index.js')).openBullSchedule({
            url: platform.redisUrl,
            namespace,
            ...told,
          }),
        );

  return {
    log,
    database,
    cache,
    search,
    substitute,
    schedule,
    registry,
    servers: {
      log: platform.kafkaBrokers.length > 0,
      database: platform.databaseUrl !== undefined,
      cache: platform.redisUrl !== undefined,
      search: platform.elasticsearchUrl !== undefined,
      schedule: platform.redisUrl !== undefined,
    },
    guards: () => guards.flatMap((state) => state()),
    dataDir: resolve(config.assay.dataDir),
    shared: options.shared,
    close: options.close,
  };
}
