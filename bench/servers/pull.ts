import { Counters } from '../../src/observe/index.js';
import { Notices } from '../../src/pipeline/notices.js';
import { pipelineContext } from '../../src/pipeline/open.js';
import { pullSources } from '../../src/pipeline/pull-step.js';
import { createTopics } from '../../src/pipeline/topics.js';
import type { Platform } from '../../src/platform/index.js';
import { openWorkspace } from '../../src/workspace.js';

/** The bench's own view of an installation: it pulls feeds into `raw`, and looks how far the workers are. */
export interface Puller {
  platform: Platform;
  /** Pulls sources, all when none is named; returns what the pull took of this process. */
  pull(sources?: readonly string[]): Promise<{ received: number; cpu: number; seconds: number }>;
  close(): Promise<void>;
}

export async function openPuller(config: string, env: NodeJS.ProcessEnv): Promise<Puller> {
  const io = { env, stderr: process.stderr, signal: new AbortController().signal };
  const workspace = await openWorkspace(config, io, { write: true });
  const context = await pipelineContext(workspace, io);
  await createTopics(workspace.platform.log, workspace.config);
  return {
    platform: workspace.platform,
    async pull(sources) {
      const counters = new Counters();
      const notices = new Notices();
      const used = process.cpuUsage();
      const started = performance.now();
      await pullSources({ ...context, counters, runId: 0, notices }, sources);
      const { user, system } = process.cpuUsage(used);
      const refused = notices.list().map(({ message }) => message);
      if (refused.length > 0) throw new Error(refused.join('; '));
      const received = workspace.config.sources.reduce(
        (sum, { name }) => sum + counters.get('ingest', name, 'received'),
        0,
      );
      return { received, cpu: (user + system) / 1e6, seconds: (performance.now() - started) / 1000 };
    },
    close: () => workspace.close(),
  };
}
