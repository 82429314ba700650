import type { GuardState } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import type { Database } from '../port.js';
import { PostgresDatabase } from './postgres.js';

export interface PostgresOptions {
  /** postgres://user:password@host:port/database, as libpq reads it; `?options=-c …` sets session settings. */
  url: string;
  logger?: PlatformLogger;
  /** Connections that statements and transactions share; those of `exclusive` and `batches` come on top, one each. */
  poolSize?: number;
  /** 0: none. */
  statementTimeoutMs?: number;
}

export type PostgresServer = Database & { guards(): GuardState[] };

/**
 * Opens a database of a server.
 * @throws AssayError PLATFORM_UNAVAILABLE when it stayed away, PLATFORM_INVALID when it is not what is needed.
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { url, logger, poolSize = 10, statementTimeoutMs = 120_000 } = options;
  const database = new PostgresDatabase({ url, logger, poolSize, statementTimeoutMs });
  try {
    await database.query('select 1');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
