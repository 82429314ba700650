/**
 * The schema registry: Avro schemas in numbered versions under subjects, and ids that name them in messages.
 *
 * Contract, held by test/conformance/registry on every adapter:
 * - An id names one schema for ever; the same schema has the same id under every subject. Schemas are the same when they
 *   differ in white space, order of keys, way of writing names and `doc` only.
 * - `register` returns the version that the subject has of the schema, or makes the next one. Several processes may do so at
 *   once: each gets the same answer for the same schema, and ids and versions are given once.
 * - A new version is refused unless it is compatible with the versions before it, as far as the subject's level asks. What
 *   "can read" means is Avro's schema resolution: names and aliases, defaults, unions, promotions, enum defaults.
 * - Nothing is ever deleted: the log keeps messages for ever.
 */
export interface SchemaRegistry {
  /**
   * @throws AssayError SCHEMA_INVALID when it is no Avro schema, SCHEMA_INCOMPATIBLE with the reasons in `details.reasons`.
   */
  register(subject: string, schema: string): Promise<SchemaVersion>;
  /** The schema's text, or undefined when the id was never given. */
  byId(id: number): Promise<string | undefined>;
  /** Every subject, by code point. */
  subjects(): Promise<string[]>;
  /** A subject's versions, the oldest first; none when it is unknown. */
  versions(subject: string): Promise<RegisteredSchema[]>;
  /**
   * Whether `register` would take the schema. A subject without versions takes every valid one.
   * @throws AssayError SCHEMA_INVALID when it is no Avro schema.
   */
  check(subject: string, schema: string): Promise<Verdict>;
  /**
   * The level that holds for a subject, after setting it when `level` is given. The subject null stands for all that have
   * none of their own; it begins as BACKWARD.
   */
  compatibility(subject: string | null, level?: CompatibilityLevel): Promise<Compatibility>;
}

export interface SchemaVersion {
  id: number;
  version: number;
}

export interface RegisteredSchema extends SchemaVersion {
  subject: string;
  /** As it was registered first. */
  schema: string;
}

export interface Verdict {
  compatible: boolean;
  /** For people, one a difference; empty when compatible. */
  reasons: string[];
}

export interface Compatibility {
  level: CompatibilityLevel;
  /** Whether the subject has a level of its own. */
  own: boolean;
}

/**
 * What a new version must satisfy. BACKWARD: it reads what the version before wrote. FORWARD: the version before reads what
 * it writes. FULL: both. TRANSITIVE: the same with every version before.
 */
export type CompatibilityLevel =
  | 'NONE'
  | 'BACKWARD'
  | 'BACKWARD_TRANSITIVE'
  | 'FORWARD'
  | 'FORWARD_TRANSITIVE'
  | 'FULL'
  | 'FULL_TRANSITIVE';

export const COMPATIBILITY_LEVELS: readonly CompatibilityLevel[] = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
];

export const DEFAULT_COMPATIBILITY: CompatibilityLevel = 'BACKWARD';
