import type { Schedule } from '../platform/schedule/port.js';
import type { IngestSource } from './source.js';

/**
 * Defines one recurring job a source, named `pull:<source>`. The schedule runs a job once at a time, so a source is never
 * pulled twice at once.
 */
export async function scheduleSources(
  schedule: Schedule,
  sources: readonly (IngestSource & { schedule: string })[],
  pull: (source: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (const source of sources)
    await schedule.define({
      name: `pull:${source.name}`,
      when: source.schedule,
      run: (signal) => pull(source.name, signal),
    });
}
