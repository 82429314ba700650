import type { ServerFinding } from '../../finding.js';
import type { Extension, Facts } from './facts.js';

const OLDEST = 14;
const OLDEST_VECTOR = [0, 8] as const;

/** What a server lacks to keep the store, and what it should have, as one finding a question. */
export function judge(facts: Facts, poolSize: number): ServerFinding[] {
  return [
    judgeVersion(facts),
    encoding(facts),
    writable(facts),
    ...facts.extensions.map((extension) => extensionFinding(extension, facts)),
    privileges(facts),
    durability(facts),
    connections(facts, poolSize),
  ];
}

const ok = (check: string, message: string): ServerFinding => ({ check, state: 'ok', message });
const wrong = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'wrong',
  message,
  advice,
});
const warning = (check: string, message: string, advice: string): ServerFinding => ({
  ...wrong(check, message, advice),
  state: 'warning',
});

export function judgeVersion({ version, versionNumber }: Pick<Facts, 'version' | 'versionNumber'>): ServerFinding {
  if (versionNumber >= OLDEST * 10_000) return ok('version', `Postgres ${version}`);
  return wrong('version', `Postgres ${version} is too old`, `Use Postgres ${OLDEST} or newer; 16 is tested.`);
}

function encoding({ encoding, database }: Facts): ServerFinding {
  if (encoding === 'UTF8') return ok('encoding', 'UTF8');
  return wrong(
    'encoding',
    `database ${database} has the encoding ${encoding}, which cannot hold every title`,
    "Make one that can: create database NAME encoding 'UTF8' template template0 locale 'C'.",
  );
}

function writable({ standby, readOnly, database }: Facts): ServerFinding {
  if (standby)
    return wrong(
      'writable',
      'the server is a standby: it is read only',
      'Put the address of the primary, or one that follows it, into the settings.',
    );
  if (readOnly)
    return wrong(
      'writable',
      `transactions in database ${database} are read only`,
      `alter database ${database} reset default_transaction_read_only, also for the role.`,
    );
  return ok('writable', 'can be written');
}

function extensionFinding(extension: Extension, facts: Facts): ServerFinding {
  const { name, version: there, available, trusted } = extension;
  const created = there ?? available;
  if (created === null)
    return wrong(
      name,
      `the extension ${name} is not installed on the server`,
      name === 'vector'
        ? 'Install pgvector 0.8 or newer for this Postgres (package postgresql-16-pgvector, image pgvector/pgvector:pg16).'
        : 'Install the contrib modules of this Postgres (package postgresql-contrib).',
    );
  if (name === 'vector' && olderThan(created, OLDEST_VECTOR))
    return wrong(
      name,
      `pgvector ${created} is too old: a search for neighbours with a condition finds too little`,
      there !== null && available !== null && !olderThan(available, OLDEST_VECTOR)
        ? 'Run as a superuser: alter extension vector update'
        : 'Install pgvector 0.8 or newer, then run as a superuser: alter extension vector update',
    );
  if (there !== null) return ok(name, `${name} ${there}`);
  if (facts.superuser || (trusted && facts.mayCreateExtensions))
    return ok(name, `${name} ${available} will be created by the first start`);
  return wrong(
    name,
    `the extension ${name} is not created in database ${facts.database}, and ${facts.role} may not create it`,
    `Run in database ${facts.database} as a superuser: create extension ${name}`,
  );
}

/** Compares the first two parts of a version. */
function olderThan(version: string, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return a < major || (a === major && b < minor);
}

function privileges({ role, schema, mayUseSchema, mayCreateTables, database }: Facts): ServerFinding {
  if (schema === null)
    return wrong(
      'privileges',
      `search_path names no schema of database ${database} that ${role} may use`,
      `grant usage, create on schema public to ${role}, or put the right search_path into the address.`,
    );
  if (!mayUseSchema || !mayCreateTables)
    return wrong(
      'privileges',
      `${role} may not create tables in schema ${schema}`,
      `Run as the owner: grant usage, create on schema ${schema} to ${role}`,
    );
  return ok('privileges', `${role} may create tables in schema ${schema}`);
}

function durability({ fsync, fullPageWrites, synchronousCommit }: Facts): ServerFinding {
  const off = Object.entries({ fsync, full_page_writes: fullPageWrites, synchronous_commit: synchronousCommit })
    .filter(([, value]) => value === 'off')
    .map(([name]) => name);
  if (off.length === 0) return ok('durability', 'what is confirmed is on disk');
  return warning(
    'durability',
    `off: ${off.join(', ')}. A crash of the machine loses confirmed work${off[0] === 'synchronous_commit' ? '' : ' or the whole database'}`,
    `Turn on ${off.join(', ')}.`,
  );
}

/** Two processes, and the connections that work of one process at a time keeps. */
function connections(facts: Facts, poolSize: number): ServerFinding {
  const limits = [facts.connections, facts.roleConnections, facts.databaseConnections].filter((limit) => limit >= 0);
  const most = facts.superuser ? facts.connections : Math.min(...limits);
  const processes = Math.floor(most / (poolSize + 2));
  if (processes >= 2) return ok('connections', `${most} connections: enough for ${processes} processes`);
  return warning(
    'connections',
    `${most} connections are allowed; a process makes up to ${poolSize + 2}`,
    'Raise max_connections (or the limit of the role or database), or run fewer processes.',
  );
}
