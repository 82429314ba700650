import { AssayError } from '../../../errors.js';
import type { ServerFinding } from '../../finding.js';
import type { GuardState } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import type { Database } from '../port.js';
import { readFacts, readVersion } from './facts.js';
import { PostgresDatabase } from './postgres.js';
import { nothingDone, repeat } from './repeat.js';
import { judge, judgeVersion } from './requirements.js';
import type { Session } from './session.js';

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
 * Opens a database of a server, by direct connections or a pooler that gives a session its own (advisory locks and settings
 * are the session's).
 * @throws AssayError PLATFORM_UNAVAILABLE when it stayed away, PLATFORM_INVALID when it is not what is needed.
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { url, logger, poolSize = 10, statementTimeoutMs = 120_000 } = options;
  const database = new PostgresDatabase({ url, logger, poolSize, statementTimeoutMs });
  try {
    const findings = await repeat(
      () => database.look((session) => examine(session, poolSize)).catch(nothingYet),
      noted,
    );
    const wrong = findings.filter(({ state }) => state === 'wrong');
    if (wrong.length > 0) throw invalid(wrong);
    for (const { state, check, message, advice } of findings)
      if (state === 'warning') logger?.warn({ server: 'postgres', check, advice }, message);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function examine(session: Session, poolSize: number): Promise<ServerFinding[]> {
  const version = judgeVersion(await readVersion(session));
  return version.state === 'wrong' ? [version] : judge(await readFacts(session), poolSize);
}

/** A server that is just starting is waited for, as a transaction does. */
function nothingYet(error: unknown): never {
  throw nothingDone(error);
}
const noted = (): void => {};

function invalid(wrong: readonly ServerFinding[]): AssayError {
  const lines = wrong.map(({ message, advice }) => `${message}. ${advice ?? ''}`);
  return new AssayError('PLATFORM_INVALID', `Postgres cannot keep the store: ${lines.join('\n')}`, {
    details: { server: 'postgres', checks: wrong.map(({ check }) => check) },
  });
}
