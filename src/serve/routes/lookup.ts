import { type Static, Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { AssayError } from '../../errors.js';
import { normaliseGtin } from '../../harmonize/normalisers/index.js';
import type { RouteContext } from '../app.js';
import { byCode, byGtin, byRecord, type Lookup } from '../lookups.js';
import { problemAnswer } from '../problem.js';
import { ProductListSchema } from '../schemas/index.js';

const text = (description: string, example: string) =>
  Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\u0000]*$', description, examples: [example] }),
  );

const Query = Type.Object(
  {
    gtin: text('GTIN-8, -12, -13 or -14, ISBN or UPC in any spelling.', '4548736112001'),
    source: text('With id: the record of a source.', 'alpha'),
    id: text("The source's own id.", '7'),
    brand: text('With mpn.', 'Sonaro'),
    mpn: text('Part or model number in any punctuation.', 'wh-1000 xm4'),
  },
  { additionalProperties: false },
);
type Query = Static<typeof Query>;

export function lookupRoute(app: FastifyInstance, { lookups }: RouteContext): void {
  app.get<{ Querystring: Query }>(
    '/v1/products',
    {
      schema: {
        tags: ['products'],
        summary: 'Products by GTIN, by record, or by brand and part number',
        description: 'Exactly one of: `gtin`; `source` and `id`; `brand` and `mpn`. No product: an empty list.',
        querystring: Query,
        response: { 200: ProductListSchema, 400: problemAnswer('None of the three, or not a GTIN.') },
      },
    },
    async (request, reply) => {
      const items = await lookups.find(lookupOf(request.query));
      const stale = items.some((item) => item.stale === true);
      if (stale) reply.header('x-assay-stale', 'true');
      return { items, total: items.length, ...(stale ? { stale } : {}) };
    },
  );
}

function lookupOf(query: Query): Lookup {
  const { gtin = '', source = '', id = '', brand = '', mpn = '' } = query;
  const asked = Object.keys(query).sort().join();
  if (asked === 'gtin') {
    const code = normaliseGtin(gtin);
    if (code.kind === 'gtin') return byGtin(code.gtin14);
    const why = code.kind === 'invalid' ? code.reason : 'it is a code that a shop gives itself; use source and id';
    throw new AssayError('BAD_REQUEST', `gtin: "${gtin}" joins no products: ${why}.`);
  }
  if (asked === 'id,source') return byRecord(source, id);
  if (asked === 'brand,mpn') return byCode(brand, mpn);
  throw new AssayError('BAD_REQUEST', 'Ask by gtin, by source and id, or by brand and mpn.');
}
