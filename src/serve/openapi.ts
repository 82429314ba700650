import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';
import { SHARED_SCHEMAS } from './schemas/index.js';

/** Its own files only; the viewer sets styles on elements. */
const DOCUMENTATION_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Describes every route registered after it at /docs, as OpenAPI 3.1 at /docs/json and /docs/yaml. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  for (const schema of [Problem, ...SHARED_SCHEMAS]) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Assay',
        version,
        description:
          'Golden records: one for each product that many sources list. Errors are RFC 9457 problem details.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'products', description: 'Golden records, their sources, lineage and history' },
        { name: 'search', description: 'Full text with typing errors, facets and paging' },
        { name: 'resolve', description: 'Which product a listing is' },
        { name: 'sources', description: 'Where records come from' },
        { name: 'operation', description: 'Health and metrics' },
      ],
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `schema-${i}`) },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCUMENTATION_POLICY,
    logLevel: 'warn',
    uiConfig: { validatorUrl: 'none' },
  });
}
