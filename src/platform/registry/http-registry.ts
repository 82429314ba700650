import { AssayError } from '../../errors.js';
import { compareText } from '../../records.js';
import { type GuardState, isUnavailable } from '../guard.js';
import type { PlatformLogger } from '../platform.js';
import { type HttpRegistryOptions, RegistryClient, RegistryRefusal } from './http-client.js';
import type {
  Compatibility,
  CompatibilityLevel,
  RegisteredSchema,
  SchemaRegistry,
  SchemaVersion,
  Verdict,
} from './port.js';
import { checkSubject, incompatible } from './subject.js';

/** Codes of the API. */
const NOT_THERE = new Set([40401, 40402, 40403, 404]);
const NO_OWN_LEVEL = 40408;
const INVALID_SCHEMA = new Set([42201, 42202, 42208, 422]);
const INCOMPATIBLE = 409;

/** The answer to a registration; older servers leave the version out. */
interface Given {
  id: number;
  version?: number;
}

interface Compared {
  is_compatible: boolean;
  messages?: string[];
}

/** A version. */
interface Answer {
  subject: string;
  id: number;
  version: number;
  schema: string;
}

/**
 * A registry that speaks the Confluent Schema Registry's HTTP API. What was asked by id or as a version is kept: it never
 * changes. Opening asks nothing, so a registry that is away is noticed with the first question.
 */
export function openHttpRegistry(
  options: HttpRegistryOptions & { logger?: PlatformLogger },
): SchemaRegistry & { guards(): GuardState[] } {
  const client = new RegistryClient(options);
  const answering = watched(options.logger);
  const schemas = new Map<number, string>();
  const known = new Map<string, RegisteredSchema>();
  const at = (subject: string) => `/subjects/${encodeURIComponent(subject)}`;
  const levelAt = (subject: string | null) => (subject === null ? '/config' : `/config/${encodeURIComponent(subject)}`);

  async function version(subject: string, number: number): Promise<RegisteredSchema> {
    const key = `${number} ${subject}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const answer = await client.ask<Answer>('GET', `${at(subject)}/versions/${number}`);
    const found = { subject, version: answer.version, id: answer.id, schema: answer.schema };
    known.set(key, found);
    return found;
  }

  async function register(subject: string, schema: string): Promise<SchemaVersion> {
    checkSubject(subject);
    try {
      const given = await client.ask<Given>('POST', `${at(subject)}/versions`, { schema });
      if (given.version !== undefined) return { id: given.id, version: given.version };
      const found = await client.ask<Answer>('POST', at(subject), { schema });
      return { id: found.id, version: found.version };
    } catch (error) {
      if (!(error instanceof RegistryRefusal) || error.status !== INCOMPATIBLE) throw error;
      const { reasons } = await check(subject, schema);
      throw incompatible(subject, reasons.length > 0 ? reasons : [error.message]);
    }
  }

  async function byId(id: number): Promise<string | undefined> {
    const kept = schemas.get(id);
    if (kept !== undefined) return kept;
    const answer = await orUndefined(client.ask<{ schema: string }>('GET', `/schemas/ids/${id}`));
    if (answer !== undefined) schemas.set(id, answer.schema);
    return answer?.schema;
  }

  async function versions(subject: string): Promise<RegisteredSchema[]> {
    const numbers = await orUndefined(client.ask<number[]>('GET', `${at(subject)}/versions`));
    const found: RegisteredSchema[] = [];
    for (const number of numbers ?? []) found.push(await version(subject, number));
    return found;
  }

  async function check(subject: string, schema: string): Promise<Verdict> {
    checkSubject(subject);
    const path = `/compatibility${at(subject)}/versions?verbose=true`;
    const answer = await orUndefined(client.ask<Compared>('POST', path, { schema }));
    return verdictOf(answer ?? { is_compatible: true });
  }

  async function compatibility(subject: string | null, level?: CompatibilityLevel): Promise<Compatibility> {
    if (level !== undefined) await client.ask('PUT', levelAt(subject), { compatibility: level });
    try {
      return { level: await readLevel(client, levelAt(subject)), own: true };
    } catch (error) {
      const inherits = error instanceof RegistryRefusal && (error.code === NO_OWN_LEVEL || NOT_THERE.has(error.code));
      if (subject === null || !inherits) throw error;
      return { level: await readLevel(client, '/config'), own: false };
    }
  }

  return {
    register: (subject, schema) => answering(() => register(subject, schema)),
    byId: (id) => answering(() => byId(id)),
    subjects: () => answering(async () => (await client.ask<string[]>('GET', '/subjects')).sort(compareText)),
    versions: (subject) => answering(() => versions(subject)),
    check: (subject, schema) => answering(() => check(subject, schema)),
    compatibility: (subject, level) => answering(() => compatibility(subject, level)),
    guards: () => [client.guard.state()],
  };
}

/** Gives every refusal a code of the error table, and says once that the registry is away. */
function watched(logger: PlatformLogger | undefined): <T>(work: () => Promise<T>) => Promise<T> {
  let away = false;
  return async (work) => {
    try {
      const answer = await work();
      away = false;
      return answer;
    } catch (error) {
      if (error instanceof RegistryRefusal)
        throw new AssayError(INVALID_SCHEMA.has(error.code) ? 'SCHEMA_INVALID' : 'PLATFORM_INVALID', error.message, {
          cause: error,
        });
      if (isUnavailable(error) && !away) {
        away = true;
        logger?.warn({ err: error, server: 'registry' }, 'the schema registry does not answer');
      }
      throw error;
    }
  };
}

async function readLevel(client: RegistryClient, path: string): Promise<CompatibilityLevel> {
  return (await client.ask<{ compatibilityLevel: CompatibilityLevel }>('GET', path)).compatibilityLevel;
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RegistryRefusal && NOT_THERE.has(error.code)) return undefined;
    throw error;
  }
}

function verdictOf({ is_compatible, messages = [] }: Compared): Verdict {
  if (is_compatible) return { compatible: true, reasons: [] };
  return { compatible: false, reasons: messages.length > 0 ? messages : ['the registry gives no reason'] };
}
