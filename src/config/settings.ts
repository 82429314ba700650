import { type Static, Type } from '@sinclair/typebox';
import type { Camel } from './camel.js';
import { durationSchema } from './duration.js';
import { survivorshipRule } from './survivorship.js';

const probability = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

/** The one definition of `config/assay.yaml`. */
export const settingsSchema = Type.Object(
  {
    data_dir: Type.String({
      minLength: 1,
      default: 'data',
      description:
        'Folder for everything that Assay keeps; relative to the folder that holds the configuration folder.',
      env: 'ASSAY_DATA_DIR',
    }),
    server: Type.Object(
      {
        host: Type.String({
          minLength: 1,
          default: '127.0.0.1',
          description: 'Address that the API listens on.',
          env: 'HOST',
        }),
        port: Type.Integer({
          minimum: 0,
          maximum: 65535,
          default: 3000,
          description: 'Port of the API; 0 takes a free one.',
          env: 'PORT',
        }),
      },
      { default: {}, description: 'The API and the web page.' },
    ),
    platform: Type.Object(
      {
        namespace: Type.String({
          pattern: '^[a-z][a-z0-9_-]{0,30}$',
          expects: 'a short name like assay',
          default: 'assay',
          description:
            'Begins the names of topics, consumer groups, keys and indices, so that several installations can share servers.',
          env: 'ASSAY_NAMESPACE',
        }),
        database_url: Type.Optional(
          Type.String({
            pattern: '^postgres(ql)?://',
            expects: 'an address like postgres://user@host:5432/name',
            description: 'Postgres with pgvector; without it the embedded database is used.',
            env: 'DATABASE_URL',
            secret: true,
          }),
        ),
        kafka_brokers: Type.Array(Type.String({ pattern: '^[^\\s/]+:\\d+$', expects: 'host:port' }), {
          default: [],
          description: 'Kafka brokers; without them the log is kept in files.',
          env: 'KAFKA_BROKERS',
        }),
        kafka_tls: Type.Boolean({ default: false, description: 'Speak TLS with the brokers.', env: 'KAFKA_TLS' }),
        kafka_sasl: Type.Optional(
          Type.Union([Type.Literal('plain'), Type.Literal('scram-sha-256'), Type.Literal('scram-sha-512')], {
            description: 'How to log in to the brokers; needs `kafka_username` and `kafka_password`.',
            env: 'KAFKA_SASL',
          }),
        ),
        kafka_username: Type.Optional(Type.String({ description: 'Name at the brokers.', env: 'KAFKA_USERNAME' })),
        kafka_password: Type.Optional(
          Type.String({ description: 'Password at the brokers.', env: 'KAFKA_PASSWORD', secret: true }),
        ),
        schema_registry_url: Type.Optional(
          Type.String({
            pattern: '^https?://',
            expects: 'an address like http://host:8081',
            description: "Schema registry of the log's messages; without it schemas are kept in the database.",
            env: 'SCHEMA_REGISTRY_URL',
            secret: true,
          }),
        ),
        redis_url: Type.Optional(
          Type.String({
            pattern: '^rediss?://',
            expects: 'an address like redis://host:6379',
            description: 'Redis; without it the cache is kept in memory.',
            env: 'REDIS_URL',
            secret: true,
          }),
        ),
        elasticsearch_url: Type.Optional(
          Type.String({
            pattern: '^https?://',
            expects: 'an address like http://host:9200',
            description: 'Elasticsearch; without it the database searches.',
            env: 'ELASTICSEARCH_URL',
            secret: true,
          }),
        ),
      },
      { default: {}, description: 'Servers in place of the embedded parts, each on its own.' },
    ),
    log: Type.Object(
      {
        partitions: Type.Integer({
          minimum: 1,
          maximum: 1024,
          default: 4,
          description: 'Partitions of each topic; fixed when a topic is first created.',
        }),
        segment_bytes: Type.Integer({
          minimum: 4096,
          maximum: 2 ** 31,
          default: 67108864,
          description: 'Size at which a log file is closed and the next one begun (embedded log).',
        }),
        replication: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 10,
            description: "Copies of each topic on the brokers; the brokers' default when absent (Kafka).",
          }),
        ),
        dead_letter_retention: durationSchema({
          default: '90d',
          description: 'How long the brokers keep dead letters; the store keeps them until they are dropped (Kafka).',
        }),
        compaction_lag: durationSchema({
          default: '24h',
          description: 'Messages younger than this are never compacted away.',
        }),
      },
      { default: {}, description: 'The log of raw and canonical records.' },
    ),
    ingest: Type.Object(
      {
        roots: Type.Array(Type.String({ minLength: 1 }), {
          default: ['.'],
          description:
            'Folders that file sources may read, relative to the folder that holds the configuration folder.',
        }),
        batch: Type.Integer({
          minimum: 1,
          maximum: 100000,
          default: 2000,
          description: 'Records sent to the log at once.',
        }),
        max_record_bytes: Type.Integer({
          minimum: 1024,
          maximum: 2 ** 30,
          default: 16777216,
          description: 'A record larger than this goes to the dead letters.',
        }),
      },
      { default: {}, description: 'Pulling from sources.' },
    ),
    matching: Type.Object(
      {
        model: Type.String({
          minLength: 1,
          default: 'general',
          description: 'Model that decides which records are one product: a name of config/models, or a path.',
        }),
        review_threshold: Type.Optional(
          probability("Pairs at least this probable wait for a steward; the model's own when absent."),
        ),
        match_threshold: Type.Optional(
          probability("Pairs at least this probable are one product; the model's own when absent."),
        ),
        batch: Type.Integer({
          minimum: 1,
          maximum: 100000,
          default: 2000,
          description: 'Records matched at once while serving.',
        }),
        patience: durationSchema({
          default: '30s',
          description:
            'How long workers may put off matching while much arrives, which would have it done again, and, ten times that, golden records while much is matched; 0s: never.',
        }),
      },
      { default: {}, description: 'Finding records of the same product.' },
    ),
    golden: Type.Object(
      {
        default: survivorshipRule({
          default: 'source_priority',
          description: 'Rule for attributes that are not named below.',
        }),
        attributes: Type.Record(Type.String(), survivorshipRule({ description: 'Rule for this attribute.' }), {
          default: {},
          description: 'Survivorship rule by attribute: `title`, `price`, `attributes.platform`.',
        }),
      },
      { default: {}, description: 'Which value of the members survives in a golden record.' },
    ),
    cache: Type.Object(
      {
        ttl: durationSchema({ default: '1h', description: 'How long a looked-up product is kept in Redis.' }),
        memory_ttl: durationSchema({
          default: '10s',
          description: 'How long a process trusts its own copy while it is not told of changes (Redis is away).',
        }),
        negative_ttl: durationSchema({ default: '5s', description: 'How long an id without a product is remembered.' }),
        entries: Type.Integer({
          minimum: 100,
          maximum: 10000000,
          default: 20000,
          description: 'Most products a process keeps in memory.',
        }),
      },
      { default: {}, description: 'The cache of product lookups.' },
    ),
    search: Type.Object(
      {
        fallback: Type.Boolean({
          default: true,
          description: 'Keep the search index of the database beside Elasticsearch, for when that is away.',
        }),
        synonyms: Type.Optional(
          Type.String({
            minLength: 1,
            description:
              'File with one comma-separated group of synonyms a line; relative to the configuration folder.',
          }),
        ),
      },
      { default: {}, description: 'Product search.' },
    ),
    logging: Type.Object(
      {
        level: Type.Union(
          [
            Type.Literal('trace'),
            Type.Literal('debug'),
            Type.Literal('info'),
            Type.Literal('warn'),
            Type.Literal('error'),
            Type.Literal('silent'),
          ],
          { default: 'info', description: 'Least severity that is written.' },
        ),
      },
      { default: {}, description: 'Log lines on stderr.' },
    ),
  },
  { title: 'Assay settings', description: 'Everything is optional.' },
);

/** `config/assay.yaml` as code sees it: defaults filled, environment applied, `dataDir`, `roots` and `synonyms` absolute. */
export type AssaySettings = Camel<Static<typeof settingsSchema>>;
