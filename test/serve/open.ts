import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Counters } from '../../src/observe/index.js';
import { type Cache, createMemoryCache } from '../../src/platform/cache/index.js';
import type { Database } from '../../src/platform/database/port.js';
import { createDatabaseSearch, type Search } from '../../src/platform/search/index.js';
import { type AppDeps, buildApp } from '../../src/serve/index.js';
import { openStore } from '../support/store.js';

export interface TestApp {
  app: FastifyInstance;
  database: Database;
  search: Search;
  counters: Counters;
  cache: Cache;
  /** Lines of the log. */
  log: string[];
  close(): Promise<void>;
}

/** The real app over a store; `reads` stands between the app and its database. */
export async function openApp(
  overrides: Partial<AppDeps> = {},
  reads: (database: Database) => Database = (database) => database,
): Promise<TestApp> {
  const database = await openStore();
  const search = createDatabaseSearch(database);
  const cache = overrides.cache ?? createMemoryCache();
  const counters = new Counters();
  const log: string[] = [];
  const app = await buildApp({
    database: reads(database),
    search,
    cache,
    counters,
    logger: pino({ level: 'info' }, { write: (line: string) => log.push(line) }),
    resolve: async () => ({ goldenId: null, probability: 0, stage: null, candidates: [] }),
    ready: () => ({ ready: true }),
    version: '1.2.3',
    ...overrides,
  });
  return {
    app,
    database,
    search,
    counters,
    cache,
    log,
    close: async () => {
      await app.close();
      await cache.close();
      await database.close();
    },
  };
}
