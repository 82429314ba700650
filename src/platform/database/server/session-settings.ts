import type { ClientConfig } from 'pg';
import { parserOf } from '../text-value.js';
import { parseUrl } from './address.js';

/** A transaction's function that waits for something else than the database for this long is ended. */
const IDLE_IN_TRANSACTION_MS = 5 * 60_000;
const LOCK_MS = 60_000;
export const CONNECT_MS = 5000;

/** What an installation may want otherwise: `?options=` of the address is read after it. */
const preferred = (statementTimeoutMs: number): Record<string, string | number> => ({
  // As embedded: it nearly doubled the time of bulk matching elsewhere.
  jit: 'off',
  work_mem: '64MB',
  // A commit that was answered is kept, whatever the server's own default. A server that waits for standbys to apply it asks
  // for that here.
  synchronous_commit: 'on',
  statement_timeout: statementTimeoutMs,
  lock_timeout: LOCK_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  // A process whose machine is gone gives its locks free after two minutes; the usual two hours stop all others.
  tcp_keepalives_idle: 30,
  tcp_keepalives_interval: 10,
  // Without it a nearest-neighbour query with a condition silently finds too little. Unknown until the extension is loaded,
  // and harmless where it never is.
  'hnsw.iterative_scan': 'strict_order',
});

/** What values are read and written by, and transactions rely on. */
const REQUIRED: Record<string, string | number> = {
  default_transaction_isolation: 'read committed',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: 1,
  standard_conforming_strings: 'on',
  client_min_messages: 'warning',
};

/** How a connection is made: everything is in its first message, so that no statement has to follow. */
export function clientConfig(url: string, statementTimeoutMs: number): ClientConfig {
  const address = parseUrl(url);
  const own = address.searchParams.get('options') ?? '';
  address.searchParams.delete('options');
  return {
    connectionString: address.href,
    application_name: 'assay',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: [asOptions(preferred(statementTimeoutMs)), own, asOptions(REQUIRED)].join(' '),
    types: { getTypeParser: ((oid: number) => parserOf(oid)) as never },
  };
}

const asOptions = (settings: Record<string, string | number>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${String(value).replace(/[\\ ]/g, '\\$&')}`)
    .join(' ');
