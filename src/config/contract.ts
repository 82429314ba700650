import { type Static, Type } from '@sinclair/typebox';
import type { Camel } from './camel.js';

const policy = (description: string, fallback: string) =>
  Type.Unsafe<'ignore' | 'accept' | 'quarantine' | 'stop'>(
    Type.Union(
      ['ignore', 'accept', 'quarantine', 'stop'].map((name) => Type.Literal(name)),
      { default: fallback, description },
    ),
  );

/** The one definition of `config/contracts/<name>.yaml`. */
export const contractSchema = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'What the contract is about, for people.' })),
    fields: Type.Record(
      Type.String(),
      Type.Object({
        type: Type.Unsafe<'string' | 'number' | 'boolean' | 'array' | 'object' | 'any'>(
          Type.Union(
            ['string', 'number', 'boolean', 'array', 'object', 'any'].map((name) => Type.Literal(name)),
            { default: 'any', description: 'Type of the value as it comes from the source.' },
          ),
        ),
        required: Type.Boolean({ default: false, description: 'Every record must have it.' }),
      }),
      { description: 'The fields of a record by path.' },
    ),
    policy: Type.Object(
      {
        new_field: policy('A field that the contract does not name.', 'accept'),
        missing_field: policy('A required field that is absent.', 'quarantine'),
        retyped_field: policy('A field whose value has another type.', 'quarantine'),
      },
      {
        default: {},
        description:
          'ignore: go on without the field. accept: go on with it and report it. quarantine: the record goes to the dead letters. stop: the source is not pulled further.',
      },
    ),
    compatibility: Type.Unsafe<'backward' | 'forward' | 'full' | 'none'>(
      Type.Union(
        ['backward', 'forward', 'full', 'none'].map((name) => Type.Literal(name)),
        {
          default: 'backward',
          description:
            'Which changes of the fields are accepted. backward: what was pulled under the version before still satisfies this one. forward: what is pulled under this one satisfies the version before. full: both. none: any change.',
        },
      ),
    ),
  },
  { title: 'A contract', description: 'What the records of a source must look like.' },
);

/** A contract as code sees it. */
export type ContractConfig = Camel<Static<typeof contractSchema>> & { name: string; file: string };
