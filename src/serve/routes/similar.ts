import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { IdParams, type SimilarQuery, SimilarQuerySchema, SimilarSchema } from '../schemas/index.js';
import { readSimilar } from '../similar.sql.js';

export function similarRoute(app: FastifyInstance, { database, products }: RouteContext): void {
  app.get<{ Params: IdParams; Querystring: SimilarQuery }>(
    '/v1/products/:id/similar',
    {
      schema: {
        tags: ['products'],
        summary: 'Products whose texts are nearest to those of one',
        description:
          'By the vectors that the embedding stage compares. Good for alternatives, and for finding products that should have been one.',
        params: IdParams,
        querystring: SimilarQuerySchema,
        response: { 200: SimilarSchema, 404: problemAnswer('No such product.'), 410: problemAnswer('Retired.') },
      },
    },
    async (request) => {
      const { limit, source } = request.query;
      const { goldenId } = await products.get(request.params.id);
      const rows = await readSimilar(database, goldenId, source ?? null, limit);
      return {
        goldenId,
        items: rows.map(({ golden_id, similarity, values, sources }) => ({
          goldenId: golden_id,
          similarity: Math.round(similarity * 10_000) / 10_000,
          title: values.title,
          ...(values.brand === undefined ? {} : { brand: values.brand }),
          sources,
        })),
      };
    },
  );
}
