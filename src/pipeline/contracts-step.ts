import { messageOf } from '../errors.js';
import { registerContracts } from '../harmonize/index.js';
import type { SchemaVersion } from '../platform/registry/port.js';
import type { PipelineContext } from './context.js';

type Context = Pick<PipelineContext, 'config' | 'platform'>;

/**
 * Gives the contracts of the named sources, or of all, their versions in the registry.
 *
 * @throws AssayError SCHEMA_INCOMPATIBLE for a contract that changed in a way it must not; the others are registered.
 */
export function registerUsed(
  { config, platform }: Context,
  names?: readonly string[],
): Promise<Map<string, SchemaVersion>> {
  const sources = config.sources.filter(({ name }) => names === undefined || names.includes(name));
  const used = new Set(sources.map(({ contract }) => contract));
  const contracts = new Map([...config.contracts].filter(([name]) => used.has(name)));
  return registerContracts(contracts, platform.registry);
}

/**
 * The same at the start of a process that lasts: who reads the registry finds them, and a change that must not be is told at
 * once. It stops nothing: a pull registers again, and is what a refused contract stops.
 */
export async function announceContracts(context: Context & Pick<PipelineContext, 'logger'>): Promise<void> {
  try {
    await registerUsed(context);
  } catch (error) {
    context.logger.error({ err: error }, `contracts were not registered: ${messageOf(error)}`);
  }
}
