import { type SchemaOptions, Type } from '@sinclair/typebox';
import { RULES } from '../master/survivorship/index.js';

/** The name of a registered survivorship rule. */
export const survivorshipRule = (options: SchemaOptions) =>
  Type.Unsafe<string>(
    Type.Union(
      [...RULES.values()].map((rule) => Type.Literal(rule.name, { description: rule.summary })),
      options,
    ),
  );
