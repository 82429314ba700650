import { type Static, Type } from '@sinclair/typebox';

export const SimilarQuerySchema = Type.Object(
  {
    limit: Type.Integer({ default: 10, minimum: 1, maximum: 100 }),
    source: Type.Optional(
      Type.Array(Type.String({ maxLength: 500 }), {
        maxItems: 50,
        description: 'Products that this source lists; repeat it for any of several.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type SimilarQuery = Static<typeof SimilarQuerySchema>;

export const SimilarSchema = Type.Object({
  goldenId: Type.String(),
  items: Type.Array(
    Type.Object({
      goldenId: Type.String(),
      similarity: Type.Number({ description: 'Cosine of the two vectors; 1 is the same text.' }),
      title: Type.String(),
      brand: Type.Optional(Type.String()),
      sources: Type.Array(Type.String()),
    }),
  ),
});
