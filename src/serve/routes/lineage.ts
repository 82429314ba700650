import type { FastifyInstance } from 'fastify';
import type { GoldenValues } from '../../golden.js';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { notFound } from '../products.js';
import { readLineage } from '../products.sql.js';
import { IdParams, LineageSchema } from '../schemas/index.js';

export function lineageRoute(app: FastifyInstance, { database, products }: RouteContext): void {
  app.get<{ Params: IdParams }>(
    '/v1/products/:id/lineage',
    {
      schema: {
        tags: ['products'],
        summary: 'Where every value of a product came from, and the values not taken',
        params: IdParams,
        response: { 200: LineageSchema, 404: problemAnswer('No such product.'), 410: problemAnswer('Retired.') },
      },
    },
    async (request) => {
      const { goldenId } = await products.get(request.params.id);
      const row = await readLineage(database, goldenId);
      if (!row) throw notFound(goldenId);
      const attributes = Object.fromEntries(
        Object.entries(row.lineage).map(([path, lineage]) => [path, { value: valueAt(row.values, path), ...lineage }]),
      );
      return { goldenId, version: Number(row.version), attributes };
    },
  );
}

/** Paths are `title`, or `attributes.<name>` where the name may hold dots itself. */
function valueAt(values: GoldenValues, path: string): unknown {
  const dot = path.indexOf('.');
  if (dot < 0) return values[path as keyof GoldenValues];
  const bag = values[path.slice(0, dot) as 'attributes' | 'variants'] as Record<string, unknown> | undefined;
  return bag?.[path.slice(dot + 1)];
}
