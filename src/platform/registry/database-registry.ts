import { createHash } from 'node:crypto';
import type { Database, Sql } from '../database/port.js';
import { judge } from './compatibility.js';
import {
  ADD_SCHEMA,
  ADD_VERSION,
  BY_ID,
  FIND_VERSION,
  LEVELS,
  LOCK,
  SET_LEVEL,
  SUBJECTS,
  VERSIONS,
} from './database-registry.sql.js';
import { parseSchema } from './parse-schema.js';
import {
  type Compatibility,
  type CompatibilityLevel,
  DEFAULT_COMPATIBILITY,
  type RegisteredSchema,
  type SchemaRegistry,
  type SchemaVersion,
} from './port.js';
import { checkSubject, incompatible } from './subject.js';

/** The largest id that the wire format has room for. */
const MOST_ID = 2 ** 31 - 1;

/** A registry in the tables of the database, which several processes may use at once. */
export function openDatabaseRegistry(database: Database): SchemaRegistry {
  return {
    async register(subject, text) {
      checkSubject(subject);
      const schema = parseSchema(text);
      const fingerprint = createHash('sha256').update(schema.canonical).digest('hex');
      const find = async (sql: Sql) => (await sql.query<SchemaVersion>(FIND_VERSION, [subject, fingerprint]))[0];
      const known = await find(database);
      if (known !== undefined) return known;
      return database.transaction(async (sql) => {
        await sql.query(LOCK);
        const made = await find(sql);
        if (made !== undefined) return made;
        const { level } = await levelOf(sql, subject);
        const { compatible, reasons } = judge(level, schema, await sql.query<RegisteredSchema>(VERSIONS, [subject]));
        if (!compatible) throw incompatible(subject, reasons);
        const [row] = await sql.query<{ id: number }>(ADD_SCHEMA, [fingerprint, text]);
        const [{ version } = { version: 0 }] = await sql.query<{ version: number }>(ADD_VERSION, [subject, row!.id]);
        return { id: row!.id, version };
      });
    },

    async byId(id) {
      if (!Number.isInteger(id) || id < 1 || id > MOST_ID) return undefined;
      return (await database.query<{ schema: string }>(BY_ID, [id]))[0]?.schema;
    },

    async subjects() {
      return (await database.query<{ subject: string }>(SUBJECTS)).map(({ subject }) => subject);
    },

    versions: (subject) => database.query<RegisteredSchema>(VERSIONS, [subject]),

    async check(subject, text) {
      checkSubject(subject);
      const schema = parseSchema(text);
      const { level } = await levelOf(database, subject);
      return judge(level, schema, await database.query<RegisteredSchema>(VERSIONS, [subject]));
    },

    async compatibility(subject, level) {
      if (level !== undefined) await database.query(SET_LEVEL, [subject ?? '', level]);
      return levelOf(database, subject);
    },
  };
}

async function levelOf(sql: Sql, subject: string | null): Promise<Compatibility> {
  const rows = await sql.query<{ subject: string; level: CompatibilityLevel }>(LEVELS, [subject ?? '']);
  const own = rows.find((row) => row.subject === (subject ?? ''));
  const level = own?.level ?? rows[0]?.level ?? DEFAULT_COMPATIBILITY;
  return { level, own: own !== undefined };
}
