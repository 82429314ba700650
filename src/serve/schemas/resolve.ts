import { type Static, Type } from '@sinclair/typebox';

const text = (maxLength = 2000) => Type.Optional(Type.String({ maxLength }));
const list = (maxItems = 100) => Type.Array(Type.String({ maxLength: 2000 }), { maxItems });
const closed = { additionalProperties: false };

const Scalar = Type.Union([Type.String({ maxLength: 2000 }), Type.Number(), Type.Boolean(), list()]);

/** A listing as a caller has it: canonical fields, or flat ones (`gtin`, `price` as text, `category` with separators). */
export const DraftSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 2000 }),
    description: text(100_000),
    brand: text(),
    model: text(),
    mpn: text(),
    gtin: Type.Optional(Type.String({ maxLength: 100, description: 'GTIN, EAN, UPC or ISBN in any spelling.' })),
    gtins: Type.Optional(list()),
    category: Type.Optional(Type.Union([Type.String({ maxLength: 2000 }), list(20)])),
    price: Type.Optional(
      Type.Union([
        Type.Number(),
        Type.String({ maxLength: 100 }),
        Type.Object({ amount: Type.Number(), currency: text(3) }, closed),
      ]),
    ),
    currency: text(3),
    quantity: text(),
    size: text(),
    colour: text(),
    color: text(),
    condition: text(),
    availability: text(),
    images: Type.Optional(list()),
    url: text(4000),
    variants: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 2000 }))),
    attributes: Type.Optional(Type.Record(Type.String(), Scalar)),
  },
  {
    ...closed,
    examples: [
      { title: 'Sonaro WH-1000XM4 headphones black', brand: 'Sonaro', gtin: '4548736112001', price: '279,99 €' },
    ],
  },
);
export type Draft = Static<typeof DraftSchema>;

export const ResolveAnswerSchema = Type.Object(
  {
    goldenId: Type.Union([Type.String(), Type.Null()], {
      description: 'The golden record the listing would join; null: it would be a product of its own.',
    }),
    probability: Type.Number({ description: 'Match probability of the likeliest record.' }),
    stage: Type.Union([Type.String(), Type.Null()], { description: 'exact, fuzzy or embedding' }),
    candidates: Type.Array(
      Type.Object({
        goldenId: Type.Union([Type.String(), Type.Null()]),
        record: Type.Object({ source: Type.String(), sourceId: Type.String() }),
        probability: Type.Number(),
        stage: Type.String(),
        why: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]), {
          description: 'What the model compared; null where a side has no value.',
        }),
      }),
      { description: 'Records it was compared with, the likeliest first.' },
    ),
  },
  {
    examples: [
      {
        goldenId: 'g1f0c2a9b7d3e4',
        probability: 0.99,
        stage: 'exact',
        candidates: [
          {
            goldenId: 'g1f0c2a9b7d3e4',
            record: { source: 'alpha', sourceId: '7' },
            probability: 0.99,
            stage: 'exact',
            why: { gtin: 1, title: 0.82 },
          },
        ],
      },
    ],
  },
);
