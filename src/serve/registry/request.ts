import {
  COMPATIBILITY_LEVELS,
  type CompatibilityLevel,
  type RegisteredSchema,
  type SchemaRegistry,
} from '../../platform/registry/index.js';
import { ApiError, invalidLevel, invalidSchema, invalidVersion, noSubject, noVersion } from './errors.js';

/** What requests hold, read by hand: this API has codes of its own for what is wrong with them. */
const isObject = (body: unknown): body is Record<string, unknown> =>
  body !== null && typeof body === 'object' && !Array.isArray(body);

/** The schema of a body. Only Avro without references is known here. */
export function schemaIn(body: unknown): string {
  if (!isObject(body) || typeof body.schema !== 'string') throw invalidSchema('the body has no text "schema"');
  const { schemaType = 'AVRO', references = [] } = body;
  if (schemaType !== 'AVRO' && schemaType !== null)
    throw invalidSchema(`schemaType ${JSON.stringify(schemaType)}: only AVRO is known`);
  if (references !== null && !(Array.isArray(references) && references.length === 0))
    throw invalidSchema('references to other subjects are not known; put the types into the schema');
  return body.schema;
}

export function levelIn(body: unknown): CompatibilityLevel {
  if (!isObject(body)) throw invalidLevel(body);
  const wanted = typeof body.compatibility === 'string' ? body.compatibility.toUpperCase() : body.compatibility;
  const level = COMPATIBILITY_LEVELS.find((known) => known === wanted);
  if (level === undefined) throw invalidLevel(body.compatibility);
  return level;
}

export function idIn(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new ApiError(404, 'HTTP 404 Not Found');
  return Number(text);
}

/** The version that an address names by number, `latest` or -1. */
export async function versionAt(registry: SchemaRegistry, subject: string, text: string): Promise<RegisteredSchema> {
  const newest = text === 'latest' || text === '-1';
  if (!newest && !/^[1-9]\d{0,9}$/.test(text)) throw invalidVersion(text);
  const versions = await registry.versions(subject);
  if (versions.length === 0) throw noSubject(subject);
  const found = newest ? versions.at(-1) : versions.find(({ version }) => version === Number(text));
  if (found === undefined) throw noVersion(text);
  return found;
}
