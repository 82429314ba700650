import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { readSources } from '../products.sql.js';

const Answer = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        source: Type.String(),
        records: Type.Integer({ description: 'Listed now.' }),
        withdrawn: Type.Integer(),
        products: Type.Integer({ description: 'Golden records they are part of.' }),
        changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'The newest change stored.' })),
      }),
    ),
    total: Type.Integer(),
  },
  {
    examples: [
      {
        items: [
          { source: 'alpha', records: 2000, withdrawn: 3, products: 1950, changedAt: '2024-05-01T08:00:00.000Z' },
        ],
        total: 1,
      },
    ],
  },
);

export function sourcesRoute(app: FastifyInstance, { database }: RouteContext): void {
  app.get(
    '/v1/sources',
    { schema: { tags: ['sources'], summary: 'Sources and how much they list', response: { 200: Answer } } },
    async () => {
      const items = (await readSources(database)).map(({ changed_at, ...row }) => ({
        ...row,
        ...(changed_at === null ? {} : { changedAt: new Date(changed_at).toISOString() }),
      }));
      return { items, total: items.length };
    },
  );
}
