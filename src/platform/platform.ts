import type { Cache } from './cache/index.js';
import type { Database } from './database/index.js';
import type { GuardState } from './guard.js';
import type { Log } from './log/index.js';
import type { SchemaRegistry } from './registry/port.js';
import type { Schedule } from './schedule/index.js';
import type { Search } from './search/index.js';

/** The open parts of the platform. */
export interface Platform {
  log: Log;
  database: Database;
  cache: Cache;
  search: Search;
  schedule: Schedule;
  /** The index that answers while the search server is away. */
  substitute?: Search | undefined;
  /** Schemas of the log's messages, and contracts of sources. */
  registry: SchemaRegistry;
  /** Which parts are servers; the others are in the data directory or in this process. */
  servers: Record<'log' | 'database' | 'cache' | 'search' | 'schedule', boolean>;
  /** How the servers answer, one entry a guard. */
  guards(): GuardState[];
  /** Absolute path of the folder everything is kept in. */
  dataDir: string;
  /** Whether another process holds the data directory, and log and database are used through it. */
  shared: boolean;
  /** Closes every part and gives the data directory free. */
  close(): Promise<void>;
}

/** The settings that the platform reads; part of the configuration. */
export interface PlatformConfig {
  assay: {
    dataDir: string;
    platform: {
      namespace: string;
      databaseUrl?: string | undefined;
      kafkaBrokers: readonly string[];
      kafkaTls: boolean;
      kafkaSasl?: 'plain' | 'scram-sha-256' | 'scram-sha-512' | undefined;
      kafkaUsername?: string | undefined;
      kafkaPassword?: string | undefined;
      schemaRegistryUrl?: string | undefined;
      redisUrl?: string | undefined;
      elasticsearchUrl?: string | undefined;
    };
    log: { segmentBytes: number; replication?: number | undefined };
    cache: { ttl: number; memoryTtl: number; negativeTtl: number; entries: number };
    search: { synonyms?: string | undefined; fallback: boolean };
  };
}

/** What of a logger the platform uses. */
export interface PlatformLogger {
  warn(details: object, message: string): void;
  info?(details: object, message: string): void;
}

/** `own`: hold the data directory, or fail. `share`: use it through the process that holds it, else hold it. */
export type Access = 'own' | 'share';

export interface OpenOptions {
  logger?: PlatformLogger;
  /** Stands for `access: 'share'`, and tells others that the data directory will be free again soon. */
  readOnly?: boolean;
  access?: Access;
}
