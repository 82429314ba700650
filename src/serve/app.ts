import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { Metrics, showPlatform } from '../observe/index.js';
import type { AppDeps } from './deps.js';
import { Lookups } from './lookups.js';
import { measureRequests } from './measure.js';
import { describeApi } from './openapi.js';
import { answerBadAddress, answerProblems } from './problem.js';
import { Products } from './products.js';
import { registryApi } from './registry/index.js';
import { ROUTES } from './routes/index.js';
import { addSecurityHeaders } from './security.js';
import { validateRequests } from './validation.js';

const BODY_LIMIT = 1024 * 1024;
/** A request id of the caller is kept when it is short and plain. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** What a route is registered with. */
export interface RouteContext extends AppDeps {
  products: Products;
  lookups: Lookups;
  metrics: Metrics;
}

/** The API and its page, ready to `listen` or `inject`. Order: what every request passes, documentation, routes. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerBadAddress,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: true,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  const metrics = new Metrics(deps.counters);
  if (deps.platform !== undefined) showPlatform(metrics.registry, deps.platform);
  const products = new Products(deps.database, deps.cache, metrics, deps.databaseAway);
  const lookups = new Lookups(deps.database, deps.cache, products);
  const context: RouteContext = { ...deps, metrics, products, lookups };

  validateRequests(app);
  answerProblems(app);
  addSecurityHeaders(app);
  measureRequests(app, metrics);
  await describeApi(app, deps.version);
  for (const route of ROUTES) route(app, context);
  if (deps.registry !== undefined) await app.register(registryApi, { prefix: '/registry', registry: deps.registry });
  await app.ready();
  return app;
}
