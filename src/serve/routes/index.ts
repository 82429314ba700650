import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { batchGetRoute } from './batch-get.js';
import { healthRoute } from './health.js';
import { historyRoute } from './history.js';
import { lineageRoute } from './lineage.js';
import { lookupRoute } from './lookup.js';
import { membersRoute } from './members.js';
import { metricsRoute } from './metrics.js';
import { pageRoute } from './page.js';
import { productRoute } from './product.js';
import { readyRoute } from './ready.js';
import { resolveRoute } from './resolve.js';
import { searchRoute } from './search.js';
import { similarRoute } from './similar.js';
import { sourcesRoute } from './sources.js';
import { suggestRoute } from './suggest.js';

export { healthRoute, metricsRoute, readyRoute };

/** To add a route: its file beside this one, and its line here. */
export const ROUTES: ((app: FastifyInstance, context: RouteContext) => void)[] = [
  productRoute,
  lookupRoute,
  batchGetRoute,
  historyRoute,
  membersRoute,
  lineageRoute,
  similarRoute,
  searchRoute,
  suggestRoute,
  resolveRoute,
  sourcesRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
  pageRoute,
];
