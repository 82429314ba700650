import { type Static, Type } from '@sinclair/typebox';

/** Where `s3://bucket/key` paths are read. Without keys the usual AWS_… environment variables are used. */
export const s3Schema = Type.Object(
  {
    endpoint: Type.Optional(
      Type.String({
        pattern: '^https?://',
        expects: 'an address like https://minio.example:9000',
        description: 'Server that speaks S3; Amazon when absent. Buckets are addressed as its first path step.',
      }),
    ),
    region: Type.Optional(Type.String({ minLength: 1, description: 'Region; AWS_REGION or us-east-1 when absent.' })),
    access_key_id: Type.Optional(Type.String({ description: 'Key id; AWS_ACCESS_KEY_ID when absent.' })),
    secret_access_key: Type.Optional(
      Type.String({ description: 'Secret key; AWS_SECRET_ACCESS_KEY when absent.', secret: true }),
    ),
    session_token: Type.Optional(
      Type.String({ description: 'Token of temporary keys; AWS_SESSION_TOKEN when absent.', secret: true }),
    ),
  },
  { description: 'Server and credentials for s3:// paths.' },
);

export type S3Options = Static<typeof s3Schema>;
