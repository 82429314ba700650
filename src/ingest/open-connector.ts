import { Value } from '@sinclair/typebox/value';
import { AssayError } from '../errors.js';
import type { PullContext, PullItem } from './connector.js';
import { connectors } from './connectors/index.js';

/**
 * Starts a connector with the options of a source file; what is not given takes its default.
 *
 * @throws AssayError CONFIG_INVALID for an unknown type or options that do not fit.
 */
export function openConnector(
  { type, ...given }: { type: string; [option: string]: unknown },
  context: PullContext,
): AsyncIterable<PullItem[]> {
  const connector = connectors.get(type);
  if (!connector)
    throw new AssayError(
      'CONFIG_INVALID',
      `${context.source}: there is no connector "${type}" (there are ${[...connectors.keys()].join(', ')})`,
    );
  const options = Value.Default(connector.options, structuredClone(given));
  const mistake = Value.Errors(connector.options, options).First();
  if (mistake)
    throw new AssayError('CONFIG_INVALID', `${context.source}: connector${mistake.path}: ${mistake.message}`);
  return connector.open(options as never, context);
}
