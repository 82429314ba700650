import { Type } from '@sinclair/typebox';
import type { Connector } from '../connector.js';
import { JsonReader } from '../formats/json-reader.js';
import { feedOptions } from '../transport/index.js';
import { readFeeds } from './read-feeds.js';

const options = Type.Object({
  ...feedOptions,
  items: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Path of the array of records; `.` when each file is one record. When absent: the document, or the first array directly in it.',
    }),
  ),
});

/** The elements of an array in a JSON document. */
export const json: Connector<typeof options> = {
  type: 'json',
  summary: 'A JSON document that holds an array of records: local, over HTTP or in S3.',
  options,
  example: `type: json
path: https://shop.example/export.json
items: catalogue.products`,
  open: (chosen, context) =>
    readFeeds(chosen, context, (name) => new JsonReader(name, chosen.items, context.maxRecordBytes)),
};
