import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { SuggestionsSchema, type SuggestQueryParams, SuggestQuerySchema } from '../schemas/index.js';

export function suggestRoute(app: FastifyInstance, { search, metrics }: RouteContext): void {
  app.get<{ Querystring: SuggestQueryParams }>(
    '/v1/suggest',
    {
      schema: {
        tags: ['search'],
        summary: 'What a text being typed may become',
        description: 'Brands and codes that begin so, then titles of products that answer it.',
        querystring: SuggestQuerySchema,
        response: { 200: SuggestionsSchema, 400: problemAnswer('A parameter is not valid.') },
      },
    },
    async (request) => {
      const { q, limit } = request.query;
      return { items: await metrics.timeSearch('suggest', () => search.suggest(q, limit)) };
    },
  );
}
