import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Addresses of the real servers that suites named `*.server.test.ts` run on. */
export interface Servers {
  /** host:port */
  kafka: string;
  /** A database of a superuser, to make others from. */
  postgres: string;
  redis: string;
  elasticsearch: string;
}

/** @throws when the suite was started without servers: `npm test` starts them. */
export function servers(): Servers {
  const { ASSAY_TEST_KAFKA, ASSAY_TEST_POSTGRES, ASSAY_TEST_REDIS, ASSAY_TEST_ELASTICSEARCH } = process.env;
  if (!ASSAY_TEST_KAFKA || !ASSAY_TEST_POSTGRES || !ASSAY_TEST_REDIS || !ASSAY_TEST_ELASTICSEARCH)
    throw new Error('no servers: run this suite by `npm test -- <file>`, which starts them');
  return {
    kafka: ASSAY_TEST_KAFKA,
    postgres: ASSAY_TEST_POSTGRES,
    redis: ASSAY_TEST_REDIS,
    elasticsearch: ASSAY_TEST_ELASTICSEARCH,
  };
}

/** A name that no other suite uses, for topics, keys and indices. */
export function freshNamespace(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** An empty database; `drop` ends its connections and removes it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = servers().postgres;
  const name = freshNamespace();
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}
