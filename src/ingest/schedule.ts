import type { Schedule } from '../platform/schedule/port.js';
import type { IngestSource } from './source.js';

/** The name of a source's job. */
export const pullJob = (source: string): string => `pull:${source}`;

/**
 * Defines one recurring job a source. The schedule runs a job once at a time, so a source is never pulled twice at once.
 */
export async function scheduleSources(
  schedule: Schedule,
  sources: readonly (IngestSource & { schedule: string })[],
  pull: (source: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (const source of sources)
    await schedule.define({
      name: pullJob(source.name),
      when: source.schedule,
      run: (signal) => pull(source.name, signal),
    });
}
