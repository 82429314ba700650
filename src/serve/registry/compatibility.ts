import type { FastifyInstance } from 'fastify';
import { judge, parseSchema, type SchemaRegistry, type Verdict } from '../../platform/registry/index.js';
import { answer, noOwnLevel } from './errors.js';
import { levelIn, schemaIn, versionAt } from './request.js';

type Subject = { Params: { subject: string }; Querystring: { verbose?: string; defaultToGlobal?: string } };
type Version = { Params: { subject: string; version: string }; Querystring: { verbose?: string } };

/** Compatibility: asked of a schema, and set. */
export function compatibilityRoutes(app: FastifyInstance, registry: SchemaRegistry): void {
  app.post<Subject>('/compatibility/subjects/:subject/versions', async ({ params, query, body }, reply) =>
    answer(reply, shown(await registry.check(params.subject, schemaIn(body)), query.verbose)),
  );

  app.post<Version>('/compatibility/subjects/:subject/versions/:version', async ({ params, query, body }, reply) => {
    const schema = parseSchema(schemaIn(body));
    const before = await versionAt(registry, params.subject, params.version);
    const { level } = await registry.compatibility(params.subject);
    return answer(reply, shown(judge(level, schema, [before]), query.verbose));
  });

  app.get('/config', async (_request, reply) => {
    const { level } = await registry.compatibility(null);
    return answer(reply, { compatibilityLevel: level });
  });

  app.put('/config', async ({ body }, reply) => {
    const { level } = await registry.compatibility(null, levelIn(body));
    return answer(reply, { compatibility: level });
  });

  app.get<Subject>('/config/:subject', async ({ params: { subject }, query }, reply) => {
    const { level, own } = await registry.compatibility(subject);
    if (!own && query.defaultToGlobal !== 'true') throw noOwnLevel(subject);
    return answer(reply, { compatibilityLevel: level });
  });

  app.put<Subject>('/config/:subject', async ({ params, body }, reply) => {
    const { level } = await registry.compatibility(params.subject, levelIn(body));
    return answer(reply, { compatibility: level });
  });

  // Clients ask whether they may write before they do.
  for (const address of ['/mode', '/mode/:subject'])
    app.get(address, async (_request, reply) => answer(reply, { mode: 'READWRITE' }));
}

function shown({ compatible, reasons }: Verdict, verbose: string | undefined): object {
  return { is_compatible: compatible, ...(verbose === 'true' ? { messages: reasons } : {}) };
}
