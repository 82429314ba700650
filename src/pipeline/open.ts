import { readModel } from '../model-file.js';
import type { Workspace } from '../workspace.js';
import type { PipelineContext } from './context.js';

/** The pipeline's context over an open workspace, with the configured model. */
export async function pipelineContext(
  workspace: Workspace,
  io: { env: NodeJS.ProcessEnv; signal: AbortSignal },
  progress: PipelineContext['progress'] = () => undefined,
): Promise<PipelineContext> {
  const { config, platform, counters, logger } = workspace;
  const model = await readModel(config.assay.matching.model, config.folder);
  return { config, platform, counters, logger, model, env: io.env, signal: io.signal, progress };
}
