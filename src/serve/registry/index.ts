import type { FastifyInstance } from 'fastify';
import type { SchemaRegistry } from '../../platform/registry/index.js';
import { compatibilityRoutes } from './compatibility.js';
import { answer, answerApiErrors } from './errors.js';
import { schemaRoutes } from './schemas.js';
import { subjectRoutes } from './subjects.js';

/** Bodies as clients of this API send them. */
const OWN_TYPES = /^application\/vnd\.schemaregistry(\.v1)?\+json/;

/**
 * Serves a registry over the Confluent Schema Registry's HTTP API: a plugin, to be registered with a prefix, which is then the
 * address that clients are given (`http://host:port/registry`). It is not part of the OpenAPI document, being described by
 * others; docs/contracts.md lists what is there.
 */
export async function registryApi(app: FastifyInstance, { registry }: { registry: SchemaRegistry }): Promise<void> {
  app.addContentTypeParser(OWN_TYPES, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
  answerApiErrors(app);
  app.get('/', async (_request, reply) => answer(reply, {}));
  subjectRoutes(app, registry);
  schemaRoutes(app, registry);
  compatibilityRoutes(app, registry);
}
