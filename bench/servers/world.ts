import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Database, openPostgres } from '../../src/platform/database/index.js';
import type { BenchServers } from './set.js';

/** An installation of its own on the servers: a database and a namespace that nobody else uses. */
export interface BenchWorld {
  /** Of its database and its namespace. */
  name: string;
  /** What a process needs in its environment to work on it. */
  env: Record<string, string>;
  database: Database;
  /** Removes the database. Topics, keys and indices of the namespace go with the servers. */
  destroy(): Promise<void>;
}

/** @param copyOf the name of a world whose database is copied; nobody may be connected to it meanwhile */
export async function benchWorld(servers: BenchServers, folder: string, copyOf?: string): Promise<BenchWorld> {
  const namespace = `b${randomBytes(6).toString('hex')}`;
  const url = new URL(servers.postgres);
  url.pathname = `/${namespace}`;
  await asAdmin(servers, `create database ${namespace}${copyOf === undefined ? '' : ` template ${copyOf}`}`);
  const database = await openPostgres({ url: url.href });
  return {
    name: namespace,
    env: {
      ASSAY_DATA_DIR: join(folder, namespace),
      ASSAY_NAMESPACE: namespace,
      DATABASE_URL: url.href,
      KAFKA_BROKERS: servers.kafka,
      REDIS_URL: servers.redis,
      ELASTICSEARCH_URL: servers.elasticsearch,
    },
    database,
    destroy: async () => {
      await database.close();
      await asAdmin(servers, `drop database if exists ${namespace} with (force)`);
    },
  };
}

async function asAdmin({ postgres }: BenchServers, statement: string): Promise<void> {
  const admin = await openPostgres({ url: postgres });
  try {
    await admin.query(statement);
  } finally {
    await admin.close();
  }
}
