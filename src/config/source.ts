import { type Static, Type } from '@sinclair/typebox';
import type { Camel } from './camel.js';

/** What a path looks like in words; the mapping language says more about it. */
const path = (description: string) => Type.String({ minLength: 1, description });

const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const VALUES = 'a text, a number, true or false, or a list of them';

/** The one definition of `config/sources/<name>.yaml`; the connector's and the mapping's part are theirs. */
export const sourceSchema = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'What the source is, for people.' })),
    connector: Type.Unsafe<{ type: string; [option: string]: unknown }>(
      Type.Object(
        { type: Type.String({ minLength: 1, description: 'Which connector reads the source.' }) },
        { additionalProperties: true, description: 'How the source is read: the connector and its options.' },
      ),
    ),
    schedule: Type.String({
      minLength: 1,
      default: 'daily',
      expects: 'hourly, daily, weekly or a cron expression of five fields',
      description:
        'When `assay serve` pulls the source (UTC): hourly, daily, weekly or a cron expression of five fields.',
    }),
    contract: Type.String({
      pattern: '^[A-Za-z0-9_-]+$',
      expects: 'the name of a file in contracts/, without .yaml',
      description: 'What its records must look like: a file of contracts/, without .yaml.',
    }),
    priority: Type.Integer({
      default: 0,
      description: 'Trust in the source: the greater wins where sources disagree.',
    }),
    unique: Type.Boolean({
      default: false,
      description: 'The source lists each product once, so two of its records are never one product.',
    }),
    feed: Type.Union([Type.Literal('full'), Type.Literal('delta')], {
      default: 'full',
      description:
        'full: every pull lists everything, so what is no longer listed is withdrawn. delta: a pull lists changes.',
    }),
    withdraw: Type.Object(
      {
        policy: Type.Union([Type.Literal('keep'), Type.Literal('withdraw')], {
          default: 'withdraw',
          description: 'What happens to records that a full feed no longer lists.',
        }),
        max_share: Type.Number({
          minimum: 0,
          maximum: 1,
          default: 0.3,
          description: 'Withdrawing more than this share of a source at once is refused and reported.',
        }),
      },
      { default: {}, description: 'Records that disappear from a full feed.' },
    ),
    key: Type.Unsafe<string | string[]>(
      Type.Union([path('Path of the id.'), Type.Array(path('Path of a part of the id.'), { minItems: 1 })], {
        expects: 'a path or a list of paths',
        description: "Path of the record's id, or a list of paths whose values are joined with `:`.",
      }),
    ),
    where: Type.Optional(
      Type.Unsafe<Record<string, string | number | boolean | (string | number | boolean)[]>>(
        Type.Record(Type.String(), Type.Union([scalar, Type.Array(scalar, { minItems: 1 })], { expects: VALUES }), {
          minProperties: 1,
          expects: 'paths with a value or a list of values each',
          description:
            'Which rows of a feed of several sources belong to this one: those that have one of the values at every path. The others are counted and left alone.',
        }),
      ),
    ),
    ignore: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description:
          'Columns that say nothing about the product, such as row numbers or the time of export: they are left out, so that a record in which only they changed counts as unchanged.',
      }),
    ),
    updated_at: Type.Optional(path("Path of the record's time of change by the source's own clock.")),
    mapping: Type.Unsafe<Record<string, unknown>>(
      Type.Object({}, { additionalProperties: true, description: 'How a record becomes a canonical product.' }),
    ),
  },
  { title: 'A source', description: 'One place that lists products.' },
);

type SourceFile = Camel<Omit<Static<typeof sourceSchema>, 'connector' | 'mapping' | 'key'>> &
  Pick<Static<typeof sourceSchema>, 'connector' | 'mapping'>;

/** One source as code sees it. Connector options and mapping keep the names they have in the file. */
export interface SourceConfig extends SourceFile {
  /** The file's name without `.yaml`. */
  name: string;
  /** Absolute path of the file. */
  file: string;
  /** Paths whose values, joined with `:`, are the record's id. */
  key: string[];
  /** Line (from 1) of the key at a path of the file, or of the nearest thing above it. */
  line(path: readonly (string | number)[]): number;
}
