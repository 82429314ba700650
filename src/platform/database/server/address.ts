import { AssayError } from '../../../errors.js';

/** Where a server is, as people may read it: without the password. */
export interface Address {
  host: string;
  port: number;
  database: string;
  user: string;
  /** `host:port/database`. */
  shown: string;
}

/** @throws AssayError PLATFORM_INVALID for text that is no address of Postgres. */
export function addressOf(url: string): Address {
  const parsed = parseUrl(url);
  const host = decodeURIComponent(parsed.hostname) || parsed.searchParams.get('host') || 'localhost';
  const port = parsed.port === '' ? 5432 : Number(parsed.port);
  const user = decodeURIComponent(parsed.username) || process.env.PGUSER || process.env.USER || 'postgres';
  const database = decodeURIComponent(parsed.pathname.slice(1)) || user;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port, database, user, shown: `${host}:${port}/${database}` };
}

export function parseUrl(url: string): URL {
  try {
    const parsed = new URL(url);
    if (/^postgres(ql)?:$/.test(parsed.protocol)) return parsed;
  } catch {
    // Told below: the text may hold a password.
  }
  throw new AssayError(
    'PLATFORM_INVALID',
    'the address of Postgres cannot be read: write it like postgres://user@host:5432/name, with special characters in name and password percent-encoded',
  );
}
