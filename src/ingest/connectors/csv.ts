import { Type } from '@sinclair/typebox';
import type { Connector } from '../connector.js';
import { CsvReader } from '../formats/csv-reader.js';
import { feedOptions } from '../transport/index.js';
import { readFeeds } from './read-feeds.js';

const options = Type.Object({
  ...feedOptions,
  delimiter: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1, description: 'One character; found in the first lines when absent.' }),
  ),
  quote: Type.String({
    default: '"',
    maxLength: 1,
    description: 'Character around cells that hold delimiters, quotes or line ends; empty where there is none.',
  }),
  columns: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Column names of a feed without a header.' }),
  ),
});

/** Rows of CSV files. Every cell is text, as it stands in the file. */
export const csv: Connector<typeof options> = {
  type: 'csv',
  summary: 'CSV, TSV and other delimited files: local, over HTTP or in S3.',
  options,
  example: `type: csv
path: feeds/*.csv.gz
encoding: windows-1255   # UTF-8 when absent
delimiter: ";"           # found by itself when absent`,
  open: (chosen, context) => readFeeds(chosen, context, (name) => new CsvReader(name, chosen, context.maxRecordBytes)),
};
