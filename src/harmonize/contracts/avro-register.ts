import { AssayError } from '../../errors.js';
import type { CompatibilityLevel, SchemaRegistry, SchemaVersion } from '../../platform/registry/port.js';
import { compareText } from '../../records.js';
import { contractSchema, explainReason } from './avro-schema.js';
import type { Contract } from './contract.js';

/** What is registered of a contract file. */
export interface VersionedContract extends Pick<Contract, 'name' | 'fields'> {
  file: string;
  compatibility: 'backward' | 'forward' | 'full' | 'none';
}

export function levelOf({ compatibility }: Pick<VersionedContract, 'compatibility'>): CompatibilityLevel {
  return compatibility.toUpperCase() as CompatibilityLevel;
}

/**
 * Gives every contract its version: the one the registry has of its fields, or the next one, once it is found compatible
 * with the version before. Subjects are `contract-<name>`; their level is what the file says. May be repeated, and done
 * by several processes at once.
 *
 * @throws AssayError SCHEMA_INCOMPATIBLE naming the file, field and reason of every contract that cannot be taken; the
 *   others are registered.
 */
export async function registerContracts(
  contracts: ReadonlyMap<string, VersionedContract>,
  registry: SchemaRegistry,
): Promise<Map<string, SchemaVersion>> {
  const versions = new Map<string, SchemaVersion>();
  const refused: string[] = [];
  for (const contract of [...contracts.values()].sort((a, b) => compareText(a.name, b.name))) {
    const { subject, schema, paths } = contractSchema(contract);
    const level = levelOf(contract);
    const now = await registry.compatibility(subject);
    if (!now.own || now.level !== level) await registry.compatibility(subject, level);
    try {
      versions.set(contract.name, await registry.register(subject, schema));
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== 'SCHEMA_INCOMPATIBLE') throw error;
      for (const reason of error.details.reasons as readonly string[])
        refused.push(`${contract.file}: ${explainReason(reason, paths)}`);
    }
  }
  if (refused.length > 0)
    throw new AssayError(
      'SCHEMA_INCOMPATIBLE',
      `${refused.join('\n')}\nMend the fields, or write \`compatibility: none\` into the file if the change is meant.`,
    );
  return versions;
}
