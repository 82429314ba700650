import { type Config, didYouMean, type SourceConfig } from '../config/index.js';
import { AssayError } from '../errors.js';

/**
 * The sources of these names; all of them when no name is given.
 *
 * @throws AssayError USAGE for a name that no source has.
 */
export function selectSources(config: Config, names: readonly string[]): SourceConfig[] {
  if (names.length === 0) return config.sources;
  const known = config.sources.map(({ name }) => name);
  return names.map((name) => {
    const source = config.sources.find((candidate) => candidate.name === name);
    if (source) return source;
    const hint = didYouMean(name, known) || (known.length === 0 ? '' : ` (there are ${known.join(', ')})`);
    throw new AssayError('USAGE', `there is no source "${name}"${hint}`);
  });
}
