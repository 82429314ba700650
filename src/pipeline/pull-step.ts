import { pullSource } from '../ingest/index.js';
import type { RunContext } from './context.js';

/**
 * Pulls the named sources, or all. A source that another process is pulling now is left to it; one that cannot be read does
 * not stop the others. Both are told in the run's notices.
 */
export async function pullSources(run: RunContext, names?: readonly string[]): Promise<void> {
  const { config, platform, counters } = run;
  const { roots, batch, maxRecordBytes } = config.assay.ingest;
  for (const source of config.sources) {
    if (names !== undefined && !names.includes(source.name)) continue;
    run.signal.throwIfAborted();
    const result = await platform.database.exclusive(`pull ${source.name}`, (lost) =>
      pullSource(source, {
        log: platform.log,
        database: platform.database,
        counters,
        dataDir: platform.dataDir,
        roots,
        batch,
        maxRecordBytes,
        signal: AbortSignal.any([run.signal, lost]),
        env: run.env,
      }),
    );
    if (result === undefined) {
      run.notices.add({
        source: source.name,
        code: 'PULL_UNDER_WAY',
        message: `${source.name} is being pulled by another process; this run leaves it to that one`,
      });
      continue;
    }
    for (const notice of result.notices) run.notices.add({ source: source.name, ...notice });
    run.progress(`ingest ${source.name}`, result.received);
  }
}
