import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { readMembers } from '../products.sql.js';
import { IdParams, MembersSchema } from '../schemas/index.js';

export function membersRoute(app: FastifyInstance, { database, products }: RouteContext): void {
  app.get<{ Params: IdParams }>(
    '/v1/products/:id/members',
    {
      schema: {
        tags: ['products'],
        summary: 'The records of a product, as their sources list it',
        params: IdParams,
        response: { 200: MembersSchema, 404: problemAnswer('No such product.'), 410: problemAnswer('Retired.') },
      },
    },
    async (request) => {
      const { goldenId } = await products.get(request.params.id);
      const items = (await readMembers(database, goldenId)).map((row) => ({
        source: row.source,
        sourceId: row.source_id,
        firstSeen: new Date(row.first_seen).toISOString(),
        changedAt: new Date(row.changed_at).toISOString(),
        product: row.product,
      }));
      return { goldenId, items, total: items.length };
    },
  );
}
