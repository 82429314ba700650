import type { FastifyInstance } from 'fastify';
import { parseSchema, type SchemaRegistry } from '../../platform/registry/index.js';
import { ApiError, answer, noSchema, noSubject } from './errors.js';
import { schemaIn, versionAt } from './request.js';

type Subject = { Params: { subject: string } };
type Version = { Params: { subject: string; version: string } };

const KEPT = 'Schemas are kept for ever: messages in the log name them.';

/** Subjects and their versions. */
export function subjectRoutes(app: FastifyInstance, registry: SchemaRegistry): void {
  app.get<{ Querystring: { subjectPrefix?: string } }>('/subjects', async (request, reply) => {
    const { subjectPrefix = '' } = request.query;
    const subjects = await registry.subjects();
    return answer(
      reply,
      subjects.filter((subject) => subject.startsWith(subjectPrefix)),
    );
  });

  app.get<Subject>('/subjects/:subject/versions', async ({ params: { subject } }, reply) => {
    const versions = await registry.versions(subject);
    if (versions.length === 0) throw noSubject(subject);
    return answer(
      reply,
      versions.map(({ version }) => version),
    );
  });

  app.get<Version>('/subjects/:subject/versions/:version', async ({ params }, reply) =>
    answer(reply, await versionAt(registry, params.subject, params.version)),
  );

  app.get<Version>('/subjects/:subject/versions/:version/schema', async ({ params }, reply) => {
    const { schema } = await versionAt(registry, params.subject, params.version);
    return answer(reply, JSON.parse(schema));
  });

  app.post<Subject>('/subjects/:subject/versions', async ({ params, body }, reply) => {
    const { id } = await registry.register(params.subject, schemaIn(body));
    return answer(reply, { id });
  });

  app.post<Subject>('/subjects/:subject', async ({ params: { subject }, body }, reply) => {
    const { canonical } = parseSchema(schemaIn(body));
    const versions = await registry.versions(subject);
    if (versions.length === 0) throw noSubject(subject);
    const found = versions.find(({ schema }) => parseSchema(schema).canonical === canonical);
    if (found === undefined) throw noSchema();
    return answer(reply, found);
  });

  for (const address of ['/subjects/:subject', '/subjects/:subject/versions/:version', '/config/:subject'])
    app.delete(address, async () => {
      throw new ApiError(405, KEPT);
    });
}
