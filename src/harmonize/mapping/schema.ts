import { type TSchema, Type } from '@sinclair/typebox';
import { FIELDS } from './fields/index.js';
import { TRANSFORMS } from './transforms.js';

/** The mapping language as a schema: for editors and reference docs. `checkMapping` tells mistakes better. */

const path = Type.String({
  minLength: 1,
  description: 'A path: name, data.items[0].name, offers[*].price, ["odd name"], $.',
});
const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

const anyExpression = Type.Unknown({
  description: 'A path, a list of paths or expressions, or a mapping with one origin.',
});

const transformSchema = Type.Union(
  [
    ...Object.entries(TRANSFORMS)
      .filter(([, { takes }]) => takes === '')
      .map(([name, { summary }]) => Type.Literal(name, { description: summary })),
    Type.Object(
      Object.fromEntries(
        Object.entries(TRANSFORMS)
          .filter(([, { takes }]) => takes !== '')
          .map(([name, { summary, takes }]) => [
            name,
            Type.Optional(Type.Unknown({ description: `${summary}; takes ${takes}` })),
          ]),
      ),
      { additionalProperties: false },
    ),
  ],
  { description: 'A named step.' },
);

const conditionSchema = Type.Object(
  {
    path,
    equals: Type.Optional(scalar),
    in: Type.Optional(Type.Array(scalar, { minItems: 1 })),
    matches: Type.Optional(Type.String({ description: 'A regular expression, case ignored.' })),
    exists: Type.Optional(Type.Boolean()),
    not: Type.Optional(Type.Boolean({ description: 'Turns the test round.' })),
  },
  { additionalProperties: false },
);

const expressionProperties: Record<string, TSchema> = {
  from: Type.Optional(path),
  first: Type.Optional(Type.Array(anyExpression, { minItems: 1, description: 'The first that has a value.' })),
  all: Type.Optional(Type.Array(anyExpression, { minItems: 1, description: 'The values of all, as one list.' })),
  const: Type.Optional(scalar),
  template: Type.Optional(Type.String({ description: 'Text with paths in braces after a dollar sign.' })),
  when: Type.Optional(
    Type.Union([conditionSchema, Type.Array(conditionSchema)], {
      description: 'Conditions for "then", otherwise "else".',
    }),
  ),
  // biome-ignore lint/suspicious/noThenProperty: a schema is never awaited.
  then: Type.Optional(anyExpression),
  else: Type.Optional(anyExpression),
  parse: Type.Optional(Type.Literal('json', { description: 'The text is JSON.' })),
  at: Type.Optional(Type.String({ description: 'A path within the value so far.' })),
  split: Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.String())], { description: 'Separators that make a list of a text.' }),
  ),
  pick: Type.Optional(Type.Integer({ description: 'One element of a list: 0 the first, -1 the last.' })),
  transform: Type.Optional(
    Type.Union([transformSchema, Type.Array(transformSchema)], { description: 'Named steps, in order.' }),
  ),
  lookup: Type.Optional(
    Type.Object(
      {
        table: Type.Record(Type.String(), scalar, { description: 'From value to value; keys in any case.' }),
        default: Type.Optional(scalar),
        keep: Type.Optional(Type.Boolean({ description: 'A value that is not in the table stays.' })),
      },
      { additionalProperties: false },
    ),
  ),
  join: Type.Optional(Type.String({ description: 'Makes one text of a list.' })),
  default: Type.Optional(Type.Unknown({ description: 'Where there is no value.' })),
};

const extras: Record<string, TSchema> = {
  kind: Type.Optional(
    Type.Union([Type.Literal('gtin'), Type.Literal('mixed')], {
      description: 'mixed: the field also holds the seller’s own numbers.',
    }),
  ),
};

function fieldSchema(options: readonly string[] = []): TSchema {
  const own = Object.fromEntries(options.map((name) => [name, extras[name]!]));
  return Type.Union([
    path,
    Type.Array(anyExpression, { minItems: 1 }),
    Type.Object({ ...expressionProperties, ...own }, { additionalProperties: false }),
  ]);
}

const names = Type.Array(Type.String(), { description: 'Names of attributes; * stands for any part.' });
const bagSchema = Type.Object(
  {
    from: Type.Optional(path),
    rest: Type.Optional(Type.Literal(true, { description: 'Every column that no other field reads.' })),
    parse: Type.Optional(Type.Literal('json')),
    at: Type.Optional(Type.String()),
    include: Type.Optional(names),
    exclude: Type.Optional(names),
    rename: Type.Optional(Type.Record(Type.String(), Type.String())),
    set: Type.Optional(Type.Record(Type.String(), anyExpression)),
  },
  { additionalProperties: false },
);

/** The one definition of `mapping:` in a source file. */
export const mappingSchema: TSchema = Type.Object(
  {
    ...Object.fromEntries(
      FIELDS.map(({ name, summary, options }) => [
        name,
        Type.Optional({ ...fieldSchema(options), description: summary }),
      ]),
    ),
    variants: Type.Optional(
      Type.Record(Type.String(), anyExpression, {
        description:
          'Attributes that tell products apart: records with different values of one are different products.',
      }),
    ),
    attributes: Type.Optional(
      Type.Union(
        [
          path,
          bagSchema,
          Type.Record(Type.String(), anyExpression),
          Type.Array(Type.Union([path, bagSchema, Type.Record(Type.String(), anyExpression)])),
        ],
        {
          description: 'Everything else: a bag, single attributes by name, or a list of both.',
        },
      ),
    ),
    locale: Type.Optional(
      Type.String({
        description: 'Language and country of the feed, such as de or en-US: decides "1.299" and "03/04/2024".',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'A mapping',
    description: 'Fields of the canonical product on the left, where they come from on the right.',
  },
);
