import type { Session } from './session.js';

/** What decides whether a server can keep the store. */
export interface Facts {
  version: string;
  versionNumber: number;
  standby: boolean;
  readOnly: boolean;
  encoding: string;
  fsync: string;
  fullPageWrites: string;
  synchronousCommit: string;
  /** Connections that an ordinary role may make, over all databases, and those of this role and database; -1: no limit. */
  connections: number;
  roleConnections: number;
  databaseConnections: number;
  role: string;
  superuser: boolean;
  database: string;
  /** Null where search_path names no schema that there is. */
  schema: string | null;
  mayUseSchema: boolean;
  mayCreateTables: boolean;
  mayCreateExtensions: boolean;
  /** Milliseconds since 1970. */
  now: number;
  extensions: Extension[];
}

export interface Extension {
  name: string;
  /** Null: not created in this database. */
  version: string | null;
  /** The version that create extension would give; null: its files are not there. */
  available: string | null;
  trusted: boolean;
}

const FACTS = `
  select current_setting('server_version') as version,
         current_setting('server_version_num')::int as "versionNumber",
         pg_is_in_recovery() as standby,
         current_setting('transaction_read_only')::bool as "readOnly",
         current_setting('server_encoding') as encoding,
         current_setting('fsync') as fsync,
         current_setting('full_page_writes') as "fullPageWrites",
         current_setting('synchronous_commit') as "synchronousCommit",
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as connections,
         r.rolconnlimit as "roleConnections",
         d.datconnlimit as "databaseConnections",
         current_user::text as role,
         r.rolsuper as superuser,
         current_database()::text as database,
         current_schema()::text as schema,
         coalesce(has_schema_privilege(current_schema(), 'usage'), false) as "mayUseSchema",
         coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreateTables",
         has_database_privilege(current_database(), 'create') as "mayCreateExtensions",
         extract(epoch from clock_timestamp())::float8 * 1000 as now
  from pg_roles r, pg_database d
  where r.rolname = current_user and d.datname = current_database()`;

const EXTENSIONS = `
  select n.name, x.extversion as version, a.default_version as available, coalesce(v.trusted, false) as trusted
  from (values ('vector'), ('pg_trgm')) as n(name)
  left join pg_extension x on x.extname = n.name
  left join pg_available_extensions a on a.name = n.name
  left join pg_available_extension_versions v on v.name = n.name and v.version = a.default_version
  order by n.name`;

/** What servers of any age can answer. */
export async function readVersion(session: Session): Promise<Pick<Facts, 'version' | 'versionNumber'>> {
  const { rows } = await session.run(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber"`,
  );
  return rows[0] as Pick<Facts, 'version' | 'versionNumber'>;
}

export async function readFacts(session: Session): Promise<Facts> {
  const facts = (await session.run(FACTS)).rows[0] as Omit<Facts, 'extensions'>;
  const extensions = (await session.run(EXTENSIONS)).rows as Extension[];
  return { ...facts, extensions };
}
