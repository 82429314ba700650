import { Type } from '@sinclair/typebox';
import type { Connector } from '../connector.js';
import { JsonlReader } from '../formats/jsonl-reader.js';
import { feedOptions } from '../transport/index.js';
import { readFeeds } from './read-feeds.js';

const options = Type.Object({ ...feedOptions });

/** JSON Lines (NDJSON): one object a line. */
export const jsonl: Connector<typeof options> = {
  type: 'jsonl',
  summary: 'JSON Lines, one object a line: local, over HTTP or in S3.',
  options,
  example: `type: jsonl
path: s3://feeds/products/*.jsonl.gz
s3: {endpoint: "https://minio.example:9000", access_key_id: "\${FEED_KEY}", secret_access_key: "\${FEED_SECRET}"}`,
  open: (chosen, context) => readFeeds(chosen, context, (name) => new JsonlReader(name, context.maxRecordBytes)),
};
