import type { Database } from '../database/port.js';
import type { GuardState } from '../guard.js';
import type { PlatformConfig, PlatformLogger } from '../platform.js';
import { openDatabaseRegistry } from './database-registry.js';
import { openHttpRegistry } from './http-registry.js';
import { namespaced } from './namespaced.js';
import type { SchemaRegistry } from './port.js';

/** The registry that the configuration names: a server's, or the one kept in the database. Subjects get the namespace. */
export function openRegistry(
  { assay: { platform } }: PlatformConfig,
  database: Database,
  options: { logger?: PlatformLogger },
): { registry: SchemaRegistry; guards?: () => GuardState[] } {
  if (platform.schemaRegistryUrl === undefined)
    return { registry: namespaced(openDatabaseRegistry(database), platform.namespace) };
  const registry = openHttpRegistry({ url: platform.schemaRegistryUrl, ...options });
  return { registry: namespaced(registry, platform.namespace), guards: () => registry.guards() };
}
