import { type Static, Type } from '@sinclair/typebox';

const open = { additionalProperties: true };

export const PriceSchema = Type.Object({ amount: Type.Number(), currency: Type.Optional(Type.String()) });

/** The surviving values; fields without a value are absent. */
export const ValuesSchema = Type.Object(
  {
    title: Type.String(),
    description: Type.Optional(Type.String()),
    brand: Type.Optional(Type.String()),
    model: Type.Optional(Type.String()),
    mpn: Type.Optional(Type.String()),
    gtins: Type.Array(Type.String(), { description: 'GTIN-14' }),
    category: Type.Optional(Type.Array(Type.String())),
    price: Type.Optional(PriceSchema),
    quantity: Type.Optional(Type.Object({}, open)),
    size: Type.Optional(Type.String()),
    colour: Type.Optional(Type.String()),
    condition: Type.Optional(Type.String()),
    availability: Type.Optional(Type.String()),
    images: Type.Array(Type.String()),
    url: Type.Optional(Type.String()),
    variants: Type.Object({}, open),
    attributes: Type.Object({}, open),
  },
  { $id: 'Values', ...open },
);

export const LinksSchema = Type.Object({
  self: Type.String(),
  history: Type.String(),
  members: Type.String(),
  lineage: Type.String(),
});

const EXAMPLE = {
  goldenId: 'g1f0c2a9b7d3e4',
  version: 3,
  values: {
    title: 'Sonaro WH-1000XM4 Wireless Headphones, black',
    brand: 'Sonaro',
    mpn: 'WH1000XM4',
    gtins: ['04548736112001'],
    category: ['Electronics', 'Headphones'],
    price: { amount: 279.99, currency: 'EUR' },
    colour: 'black',
    images: [],
    variants: {},
    attributes: { wireless: true },
  },
  sources: ['alpha', 'beta'],
  memberCount: 2,
  quality: 0.93,
  validFrom: '2024-05-01T08:00:00.000Z',
  links: {
    self: '/v1/products/g1f0c2a9b7d3e4',
    history: '/v1/products/g1f0c2a9b7d3e4/history',
    members: '/v1/products/g1f0c2a9b7d3e4/members',
    lineage: '/v1/products/g1f0c2a9b7d3e4/lineage',
  },
};

export const ProductSchema = Type.Object(
  {
    goldenId: Type.String(),
    version: Type.Integer({ description: 'Grows by one with every change.' }),
    values: Type.Ref(ValuesSchema),
    sources: Type.Array(Type.String()),
    memberCount: Type.Integer(),
    quality: Type.Number({ description: '0..1' }),
    validFrom: Type.String({ format: 'date-time' }),
    validTo: Type.Optional(Type.String({ format: 'date-time', description: 'Absent: current.' })),
    redirectedFrom: Type.Optional(
      Type.String({ description: 'The id that was asked for; it was merged into this product.' }),
    ),
    stale: Type.Optional(
      Type.Boolean({
        description: 'The database is away: this is the last version known. Also in the header x-assay-stale.',
      }),
    ),
    links: LinksSchema,
  },
  { $id: 'Product', examples: [EXAMPLE] },
);
export type Product = Static<typeof ProductSchema> & { values: unknown };

export const ProductListSchema = Type.Object({
  items: Type.Array(Type.Ref(ProductSchema)),
  total: Type.Integer(),
  stale: Type.Optional(Type.Boolean({ description: 'Some of the items are; also in the header x-assay-stale.' })),
});

export const IdParams = Type.Object({
  id: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^[^\\u0000\\ud800-\\udfff]*$',
    examples: ['g1f0c2a9b7d3e4'],
  }),
});
export type IdParams = Static<typeof IdParams>;
