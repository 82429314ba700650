import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../observe/index.js';

/** Times every request by its route's pattern, so that ids do not become labels, and logs it at debug. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    request.log.debug({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }, 'request');
  });
}
