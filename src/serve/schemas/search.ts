import { type Static, Type } from '@sinclair/typebox';
import { FACETS } from '../../platform/search/index.js';

const LONGEST_TEXT = 500;
const some = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: LONGEST_TEXT }), { maxItems: 50, description }));

export const SearchQuerySchema = Type.Object(
  {
    q: Type.String({
      default: '',
      maxLength: LONGEST_TEXT,
      description: 'Words in any order, with typing errors; part numbers in any punctuation. Empty: everything.',
      examples: ['wireles headphones', 'wh1000-xm4', 'ssd 1 TB'],
    }),
    limit: Type.Integer({ default: 20, minimum: 1, maximum: 100 }),
    brand: some('Exact. Repeat the parameter for any of several values; this holds for every filter.'),
    category: some('A level of the category path.'),
    colour: some('Exact.'),
    condition: some('new, refurbished, used, damaged'),
    availability: some('in_stock, out_of_stock, preorder, discontinued'),
    source: some('Products that this source lists.'),
    price_min: Type.Optional(Type.Number({ minimum: 0 })),
    price_max: Type.Optional(Type.Number({ minimum: 0 })),
    facets: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        description: `Which to count, also as one comma-separated value; default all: ${FACETS.join(', ')}. "none" for none.`,
        examples: [['brand,colour']],
      }),
    ),
    sort: Type.Unsafe<'relevance' | 'price_asc' | 'price_desc' | 'updated' | 'title'>(
      Type.String({ enum: ['relevance', 'price_asc', 'price_desc', 'updated', 'title'], default: 'relevance' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 2000, description: 'nextCursor of the page before.' })),
  },
  { additionalProperties: false },
);
export type SearchQueryParams = Static<typeof SearchQuerySchema>;

export const SearchItemSchema = Type.Object(
  {
    goldenId: Type.String(),
    score: Type.Number(),
    highlight: Type.String({ description: 'Title as HTML: matched words in <mark>, everything else escaped.' }),
    title: Type.String(),
    brand: Type.Optional(Type.String()),
    category: Type.Optional(Type.Array(Type.String())),
    colour: Type.Optional(Type.String()),
    condition: Type.Optional(Type.String()),
    availability: Type.Optional(Type.String()),
    price: Type.Optional(Type.Number()),
    currency: Type.Optional(Type.String()),
    image: Type.Optional(Type.String()),
    codes: Type.Array(Type.String()),
    sources: Type.Array(Type.String()),
    updatedAt: Type.String(),
  },
  { $id: 'SearchItem' },
);

export const SearchPageSchema = Type.Object(
  {
    items: Type.Array(Type.Ref(SearchItemSchema)),
    total: Type.Integer({ description: 'All hits, also those of other pages.' }),
    facets: Type.Record(Type.String(), Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })), {
      description: 'The 50 most frequent values, counted without the filter on the same field.',
    }),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    degraded: Type.Optional(
      Type.String({
        description:
          'The search server is away and the index of the database answers: why. Also in the header x-assay-degraded.',
      }),
    ),
  },
  {
    examples: [
      {
        items: [
          {
            goldenId: 'g1f0c2a9b7d3e4',
            score: 27.4,
            highlight: 'Sonaro WH-1000XM4 <mark>Headphones</mark>',
            title: 'Sonaro WH-1000XM4 Headphones',
            brand: 'Sonaro',
            codes: ['WH1000XM4'],
            sources: ['alpha', 'beta'],
            updatedAt: '2024-05-01T08:00:00.000Z',
          },
        ],
        total: 1,
        facets: { brand: [{ value: 'Sonaro', count: 1 }] },
        nextCursor: null,
      },
    ],
  },
);

export const SuggestQuerySchema = Type.Object(
  {
    q: Type.String({ maxLength: LONGEST_TEXT, examples: ['sona'] }),
    limit: Type.Integer({ default: 8, minimum: 1, maximum: 20 }),
  },
  { additionalProperties: false },
);
export type SuggestQueryParams = Static<typeof SuggestQuerySchema>;

export const SuggestionsSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      text: Type.String(),
      kind: Type.String({ description: 'title, brand or code' }),
      goldenId: Type.Optional(Type.String()),
    }),
    { examples: [[{ text: 'Sonaro', kind: 'brand' }]] },
  ),
});
