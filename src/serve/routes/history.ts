import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { notFound } from '../products.js';
import { readRedirects, readVersions, type VersionRow } from '../products.sql.js';
import { type History, HistorySchema, IdParams } from '../schemas/index.js';

export function historyRoute(app: FastifyInstance, { database }: RouteContext): void {
  app.get<{ Params: IdParams }>(
    '/v1/products/:id/history',
    {
      schema: {
        tags: ['products'],
        summary: 'Every version of a golden record',
        description: 'The history of the id itself, also when it was merged (`mergedInto`) or retired.',
        params: IdParams,
        response: { 200: HistorySchema, 404: problemAnswer('No such product.') },
      },
    },
    async (request) => {
      const { id } = request.params;
      const rows = await readVersions(database, id);
      const [redirect] = await readRedirects(database, [id]);
      if (rows.length === 0 && !redirect) throw notFound(id);
      const items = rows.map((row, i) => toItem(row, rows[i + 1]));
      const merged = redirect?.new_id ?? undefined;
      return { goldenId: id, items, ...(merged === undefined ? {} : { mergedInto: merged }) };
    },
  );
}

function toItem(row: VersionRow, before: VersionRow | undefined): History['items'][number] {
  return {
    version: Number(row.version),
    validFrom: new Date(row.valid_from).toISOString(),
    ...(row.valid_to === null ? {} : { validTo: new Date(row.valid_to).toISOString() }),
    ...(row.change === null ? {} : { endedBy: row.change }),
    values: row.values,
    members: row.members,
    quality: row.quality,
    changes: before ? differences(flat(before), flat(row)) : [],
  };
}

/** Values by attribute path, members among them. */
function flat({ values, members }: VersionRow): Record<string, unknown> {
  const { attributes, variants, ...plain } = values;
  const out: Record<string, unknown> = { ...plain, members };
  for (const [name, value] of Object.entries(attributes)) out[`attributes.${name}`] = value;
  for (const [name, value] of Object.entries(variants)) out[`variants.${name}`] = value;
  return out;
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((attribute) => !isDeepStrictEqual(before[attribute], after[attribute]))
    .sort()
    .map((attribute) => ({ attribute, before: before[attribute], after: after[attribute] }));
}
