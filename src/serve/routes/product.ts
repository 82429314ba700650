import { type Static, Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { AssayError } from '../../errors.js';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { IdParams, ProductSchema } from '../schemas/index.js';

const Query = Type.Object(
  {
    asOf: Type.Optional(
      Type.String({ format: 'date-time', description: 'As the record was then.', examples: ['2024-05-01T08:00:00Z'] }),
    ),
  },
  { additionalProperties: false },
);

export function productRoute(app: FastifyInstance, { products }: RouteContext): void {
  app.get<{ Params: IdParams; Querystring: Static<typeof Query> }>(
    '/v1/products/:id',
    {
      schema: {
        tags: ['products'],
        summary: 'A golden record',
        description:
          'An id that was merged into another product answers with that product: `redirectedFrom` and the header ' +
          '`x-assay-redirected-from` tell so.',
        params: IdParams,
        querystring: Query,
        response: {
          200: Type.Ref(ProductSchema),
          404: problemAnswer('No such product.'),
          410: problemAnswer('All its records were withdrawn; links.history has what it was.'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { asOf } = request.query;
      const product = asOf === undefined ? await products.get(id) : await products.getAsOf(id, timeOf(asOf));
      if (product.redirectedFrom !== undefined) {
        reply.header('x-assay-redirected-from', encodeURIComponent(id)).header('content-location', product.links.self);
      }
      if (product.stale === true) reply.header('x-assay-stale', 'true');
      return product;
    },
  );
}

/** Milliseconds are as fine as it gets; years before 1 and leap seconds, which the database or JavaScript lack, are refused. */
function timeOf(asOf: string): string {
  const time = new Date(asOf);
  if (!(time.getUTCFullYear() >= 1)) throw new AssayError('BAD_REQUEST', `asOf: "${asOf}" is no moment in time.`);
  return time.toISOString();
}
