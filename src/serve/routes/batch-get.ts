import { type Static, Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { ProductSchema } from '../schemas/index.js';

const Body = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000\\ud800-\\udfff]*$' }), {
      minItems: 1,
      maxItems: 500,
    }),
  },
  { additionalProperties: false, examples: [{ ids: ['g1f0c2a9b7d3e4', 'g77'] }] },
);

export function batchGetRoute(app: FastifyInstance, { products }: RouteContext): void {
  app.post<{ Body: Static<typeof Body> }>(
    '/v1/products::batchGet',
    {
      schema: {
        tags: ['products'],
        summary: 'Many golden records at once',
        description: 'In the order asked for, repeats once. Merged ids answer with the product they are part of.',
        body: Body,
        response: {
          200: Type.Object({
            items: Type.Array(Type.Ref(ProductSchema)),
            missing: Type.Array(Type.Object({ id: Type.String(), reason: Type.String() }), {
              description: 'Ids without a product: not_found or retired.',
            }),
          }),
          400: problemAnswer('Not a list of 1 to 500 ids.'),
        },
      },
    },
    async (request, reply) => {
      const found = await products.getAll(request.body.ids);
      if (found.items.some((item) => item.stale === true)) reply.header('x-assay-stale', 'true');
      return found;
    },
  );
}
