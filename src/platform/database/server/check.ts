import pg from 'pg';
import { AssayError, messageOf } from '../../../errors.js';
import type { ServerFinding } from '../../finding.js';
import { migrationFinding } from '../migration-state.js';
import type { Sql } from '../port.js';
import { type Address, addressOf } from './address.js';
import { type Facts, readFacts, readVersion } from './facts.js';
import { connectionError, type Outage } from './outage.js';
import { probe } from './probe.js';
import { judge, judgeVersion } from './requirements.js';
import { Session } from './session.js';
import { CONNECT_MS, clientConfig } from './session-settings.js';

export interface PostgresCheckOptions {
  url: string;
  poolSize?: number;
  /** This machine's clock, in milliseconds since 1970. */
  now?: () => number;
}

const SKEW_MS = 5000;
const LIMIT_MS = 10_000;

/** Looks whether a server can keep the store, and says of everything that is amiss what to do. Never throws, and changes nothing. */
export async function checkPostgres(options: PostgresCheckOptions): Promise<ServerFinding[]> {
  let address: Address;
  try {
    address = addressOf(options.url);
  } catch (error) {
    return [wrong('address', messageOf(error), 'Mend DATABASE_URL (platform.database_url).')];
  }
  if (!address.host.startsWith('/')) {
    const listener = await probe(address.host, address.port, CONNECT_MS);
    if (listener.kind === 'none')
      return [
        wrong(
          'address',
          `nothing answers at ${address.host}:${address.port}: ${listener.message}`,
          'Start Postgres, or put the right host and port into DATABASE_URL; a firewall may stand between.',
        ),
      ];
    if (listener.kind === 'other')
      return [
        wrong(
          'address',
          `${address.host}:${address.port}: ${listener.message}`,
          'Put the port of Postgres into DATABASE_URL (5432 unless set otherwise).',
        ),
      ];
  }
  const reached: ServerFinding = { check: 'address', state: 'ok', message: `Postgres answers at ${address.shown}` };
  const session = new Session(new pg.Client(clientConfig(options.url, LIMIT_MS)));
  try {
    await session.client.connect();
  } catch (error) {
    return [reached, loginFinding(connectionError(error, address))];
  }
  try {
    return [reached, ...(await look(session, options))];
  } catch (error) {
    return [reached, wrong('questions', messageOf(error), 'See the message of the server.')];
  } finally {
    await session.client.end().catch(() => {});
  }
}

async function look(session: Session, options: PostgresCheckOptions): Promise<ServerFinding[]> {
  const version = judgeVersion(await readVersion(session));
  if (version.state === 'wrong') return [version];
  const clock = options.now ?? Date.now;
  const before = clock();
  const facts = await readFacts(session);
  const skew = clockFinding(facts, before, clock());
  const login: ServerFinding = { check: 'login', state: 'ok', message: `as ${facts.role}` };
  return [login, ...judge(facts, options.poolSize ?? 10), skew, await migrationFinding(over(session))];
}

function loginFinding(error: AssayError | Outage): ServerFinding {
  if (error instanceof AssayError) {
    const { problem, advice } = error.details as { problem: string; advice: string };
    return wrong('login', problem, advice);
  }
  return wrong('login', error.message, 'Wait until the server has started, and look into its log.');
}

/** The server's clock was read somewhere between two looks at ours. Clocks decide nothing; they date what people read. */
function clockFinding({ now }: Facts, before: number, after: number): ServerFinding {
  const off = now < before ? now - before : now > after ? now - after : 0;
  if (Math.abs(off) <= SKEW_MS) return { check: 'clock', state: 'ok', message: 'the clocks agree' };
  return {
    check: 'clock',
    state: 'warning',
    message: `the server's clock is ${(Math.abs(off) / 1000).toFixed(0)} s ${off < 0 ? 'behind' : 'ahead of'} this machine's`,
    advice: 'Let both follow a time server (NTP).',
  };
}

/** The questions of a finding, asked over a connection of the check. */
const over = (session: Session): Pick<Sql, 'query'> => ({
  query: async <R extends object>(text: string) => (await session.run(text)).rows as R[],
});

const wrong = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'wrong',
  message,
  advice,
});
