import { pullSource } from '../ingest/index.js';
import type { RunContext } from './context.js';
import { registerUsed } from './contracts-step.js';

/**
 * Pulls the named sources, or all, once the registry has taken their contracts. A source that another process is pulling
 * now is left to it; one that cannot be read does not stop the others. Both are told in the run's notices.
 *
 * @returns the sources that were not read to their end
 * @throws AssayError SCHEMA_INCOMPATIBLE, before anything is pulled, for a contract that changed in a way it must not.
 */
export async function pullSources(run: RunContext, names?: readonly string[]): Promise<string[]> {
  const { config, platform, counters } = run;
  const { roots, batch, maxRecordBytes } = config.assay.ingest;
  const sources = config.sources.filter(({ name }) => names === undefined || names.includes(name));
  const versions = await registerUsed(run, names);
  const incomplete: string[] = [];
  for (const source of sources) {
    run.signal.throwIfAborted();
    const result = await platform.database.exclusive(`pull ${source.name}`, (lost) =>
      pullSource(source, {
        log: platform.log,
        database: platform.database,
        counters,
        dataDir: platform.dataDir,
        contractVersion: versions.get(source.contract)?.version,
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
    if (!result.complete) incomplete.push(source.name);
    for (const notice of result.notices) run.notices.add({ source: source.name, ...notice });
    run.progress(`ingest ${source.name}`, result.received);
  }
  return incomplete;
}
