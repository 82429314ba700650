import pg from 'pg';
import { AssayError, messageOf } from '../../../errors.js';
import { isConnectionLost } from '../../guard.js';
import { databaseError } from '../failure.js';
import type { Address } from './address.js';

/** The server is away, or the connection to it is: nothing is known of a statement that was under way. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/**
 * Answers after which a connection is of no use, while the same statement may succeed on another one: connection
 * exceptions, shutdown, crash, starting up, no room for more connections, and a server that was made a standby meanwhile.
 */
const AWAY = /^(08...|57P0[123]|53300|25006)$/;

/** What a failed statement becomes: the server's own answer as DATABASE or DISK_FULL, everything else an outage. */
export function statementError(error: unknown, statement: string): AssayError | Outage {
  if (error instanceof AssayError || error instanceof Outage) return error;
  if (!(error instanceof pg.DatabaseError)) return new Outage(messageOf(error), { cause: error });
  const { message, code, detail, hint, table, column, constraint, where } = error;
  if (AWAY.test(code ?? '')) return new Outage(message, { cause: error });
  return databaseError({ message, sqlstate: code, detail, hint, table, column, constraint, where }, statement);
}

/** What a failed connection becomes: an outage, or PLATFORM_INVALID with its cure where trying again is of no use. */
export function connectionError(error: unknown, at: Address): AssayError | Outage {
  const message = messageOf(error);
  if (error instanceof pg.DatabaseError) {
    if (AWAY.test(error.code ?? '')) return new Outage(message, { cause: error });
    return refused(at, message, CURES[error.code ?? ''] ?? 'See the message of the server.', error);
  }
  if (/SASL|password must be a string/i.test(message)) return refused(at, message, CURES['28P01'] as string, error);
  const code = String((error as { code?: unknown }).code ?? '');
  if (/SSL|TLS|CERT|self.signed/i.test(`${code} ${message}`))
    return refused(at, message, 'Set sslmode in the address as the server wants it, and give its certificate.', error);
  const lost = isConnectionLost(error) || /terminated|timeout/i.test(message);
  return lost
    ? new Outage(message, { cause: error })
    : refused(at, message, 'Check the address: something else than Postgres may answer there.', error);
}

const CURES: Readonly<Record<string, string>> = {
  '28P01': 'Put the right name and password into the address; a password with special characters is percent-encoded.',
  '28000': 'Create the role, or let it in by pg_hba.conf, and put its name into the address.',
  '3D000': 'Create the database: create database NAME encoding utf8 template template0.',
  '42501': 'Grant the role the right to connect: grant connect on database NAME to ROLE.',
};

function refused({ shown, user }: Address, message: string, advice: string, cause: unknown): AssayError {
  const problem = `Postgres at ${shown} refuses ${user}: ${message}`;
  return new AssayError('PLATFORM_INVALID', `${problem}. ${advice}`, {
    cause,
    details: { server: 'postgres', problem, advice },
  });
}

export function unavailable(message: string, cause: unknown, details: Record<string, unknown> = {}): AssayError {
  return new AssayError('PLATFORM_UNAVAILABLE', message, { cause, details: { server: 'postgres', ...details } });
}
