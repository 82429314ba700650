import { AssayError } from '../../errors.js';
import type { WireFailure } from './wire.js';

/** Serialization failure and deadlock: the transaction may be tried again. */
const RETRYABLE = new Set(['40001', '40P01']);
const NO_ROOM = /No space left on device|disk full/i;

/** The error a refused statement becomes: DATABASE, or DISK_FULL, with the SQL state in its details and Postgres' message as cause. */
export function databaseError(failure: WireFailure, statement?: string): AssayError {
  const { message, sqlstate, detail, ...rest } = failure;
  const cause = Object.assign(new Error(message), { name: 'PostgresError', code: sqlstate });
  const code = sqlstate === '53100' || NO_ROOM.test(message) ? 'DISK_FULL' : 'DATABASE';
  const details = Object.fromEntries(
    Object.entries({ sqlstate, detail, ...rest }).filter(([, value]) => value !== undefined),
  );
  if (statement !== undefined) details.statement = statement.length > 500 ? `${statement.slice(0, 500)} …` : statement;
  return new AssayError(code, detail === undefined ? message : `${message}: ${detail}`, { cause, details });
}

export function isRetryable(error: unknown): boolean {
  return error instanceof AssayError && RETRYABLE.has(String(error.details.sqlstate));
}
