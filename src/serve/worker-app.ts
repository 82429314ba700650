import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { Metrics, showPlatform } from '../observe/index.js';
import type { AppDeps } from './deps.js';
import { answerProblems, Problem } from './problem.js';
import { healthRoute, metricsRoute, readyRoute } from './routes/index.js';

/** What a worker answers to those who watch it: /health, /ready and /metrics. */
export async function buildWorkerApp(
  deps: Pick<AppDeps, 'counters' | 'logger' | 'ready' | 'platform' | 'version'>,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });
  app.addSchema(Problem);
  const metrics = new Metrics(deps.counters);
  if (deps.platform !== undefined) showPlatform(metrics.registry, deps.platform);
  answerProblems(app);
  for (const route of [healthRoute, readyRoute, metricsRoute]) route(app, { ...deps, metrics });
  await app.ready();
  return app;
}
