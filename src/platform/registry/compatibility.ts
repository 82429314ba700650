import { whyUnreadable } from './can-read.js';
import { parseSchema } from './parse-schema.js';
import type { CompatibilityLevel, RegisteredSchema, Verdict } from './port.js';
import type { AvroSchema } from './schema.js';

const UNCHECKED: Verdict = { compatible: true, reasons: [] };

/**
 * Holds a schema against the versions before it (the oldest first), as far as the level asks.
 *
 * @throws AssayError SCHEMA_INVALID when one of the versions is no Avro schema.
 */
export function judge(
  level: CompatibilityLevel,
  schema: AvroSchema,
  before: readonly Pick<RegisteredSchema, 'version' | 'schema'>[],
): Verdict {
  if (level === 'NONE') return UNCHECKED;
  const asked = level.endsWith('_TRANSITIVE') ? before : before.slice(-1);
  const back = level.startsWith('BACKWARD') || level.startsWith('FULL');
  const forth = level.startsWith('FORWARD') || level.startsWith('FULL');
  const reasons = asked.flatMap(({ version, schema: text }) => {
    const { type } = parseSchema(text);
    const told = (what: string) => (reason: string) => `${what} version ${version}: ${reason}`;
    return [
      ...(back ? whyUnreadable(schema.type, type).map(told('it does not read what was written with')) : []),
      ...(forth ? whyUnreadable(type, schema.type).map(told('it is not readable with')) : []),
    ];
  });
  return { compatible: reasons.length === 0, reasons };
}
