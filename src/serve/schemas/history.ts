import { type Static, Type } from '@sinclair/typebox';
import { ValuesSchema } from './product.js';

export const KeySchema = Type.Object({ source: Type.String(), sourceId: Type.String() });

export const HistorySchema = Type.Object({
  goldenId: Type.String(),
  items: Type.Array(
    Type.Object({
      version: Type.Integer(),
      validFrom: Type.String({ format: 'date-time' }),
      validTo: Type.Optional(Type.String({ format: 'date-time', description: 'Absent: current.' })),
      endedBy: Type.Optional(Type.String({ description: 'What superseded it: changed, merged, split, retired.' })),
      values: Type.Ref(ValuesSchema),
      members: Type.Array(KeySchema),
      quality: Type.Number(),
      changes: Type.Array(
        Type.Object({
          attribute: Type.String(),
          before: Type.Optional(Type.Unknown()),
          after: Type.Optional(Type.Unknown()),
        }),
        { description: 'What differs from the version before it.' },
      ),
    }),
    { description: 'Newest first.' },
  ),
  mergedInto: Type.Optional(Type.String()),
});
export type History = Static<typeof HistorySchema>;

export const MembersSchema = Type.Object({
  goldenId: Type.String(),
  items: Type.Array(
    Type.Object({
      source: Type.String(),
      sourceId: Type.String(),
      firstSeen: Type.String({ format: 'date-time' }),
      changedAt: Type.String({ format: 'date-time' }),
      product: Type.Object({}, { additionalProperties: true, description: 'The record as it was harmonized.' }),
    }),
  ),
  total: Type.Integer(),
});

export const LineageSchema = Type.Object({
  goldenId: Type.String(),
  version: Type.Integer(),
  attributes: Type.Record(
    Type.String(),
    Type.Object({
      value: Type.Optional(Type.Unknown()),
      rule: Type.String({ description: 'The survivorship rule that decided.' }),
      from: Type.Array(KeySchema, { description: 'Records that hold the value.' }),
      others: Type.Array(Type.Object({ source: Type.String(), sourceId: Type.String(), value: Type.Unknown() }), {
        description: 'Values not taken.',
      }),
    }),
    {
      examples: [
        {
          colour: {
            value: 'black',
            rule: 'source_priority',
            from: [{ source: 'alpha', sourceId: '7' }],
            others: [{ source: 'beta', sourceId: 'x1', value: 'grey' }],
          },
        },
      ],
    },
  ),
});
