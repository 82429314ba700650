import { openPostgres } from '../../src/platform/database/index.js';
import type { Database } from '../../src/platform/database/port.js';
import { freshDatabase, freshNamespace, servers } from './servers.js';

/** An installation of its own on the shared servers: a database and a namespace that nobody else uses. */
export interface ServerWorld {
  /** What a process needs in its environment to work on it. */
  env: Record<string, string>;
  database: Database;
  /** Removes the database. Topics, keys and indices of the namespace go with the servers. */
  destroy(): Promise<void>;
}

export async function serverWorld(dataDir: string): Promise<ServerWorld> {
  const { kafka, redis, elasticsearch } = servers();
  const { url, drop } = await freshDatabase();
  const database = await openPostgres({ url });
  return {
    env: {
      ASSAY_DATA_DIR: dataDir,
      ASSAY_NAMESPACE: freshNamespace(),
      DATABASE_URL: url,
      KAFKA_BROKERS: kafka,
      REDIS_URL: redis,
      ELASTICSEARCH_URL: elasticsearch,
    },
    database,
    destroy: async () => {
      await database.close();
      await drop();
    },
  };
}
