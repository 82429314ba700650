import type { FastifyInstance } from 'fastify';
import type { RegisteredSchema, SchemaRegistry } from '../../platform/registry/index.js';
import { answer, noSchema } from './errors.js';
import { idIn } from './request.js';

type Id = { Params: { id: string } };

/** Schemas by id. */
export function schemaRoutes(app: FastifyInstance, registry: SchemaRegistry): void {
  app.get('/schemas/types', async (_request, reply) => answer(reply, ['AVRO']));

  app.get<Id>('/schemas/ids/:id', async ({ params }, reply) =>
    answer(reply, { schema: await schemaOf(registry, params.id) }),
  );

  app.get<Id>('/schemas/ids/:id/schema', async ({ params }, reply) =>
    answer(reply, JSON.parse(await schemaOf(registry, params.id))),
  );

  app.get<Id>('/schemas/ids/:id/subjects', async ({ params }, reply) => {
    const uses = await usesOf(registry, params.id);
    return answer(
      reply,
      uses.map(({ subject }) => subject),
    );
  });

  app.get<Id>('/schemas/ids/:id/versions', async ({ params }, reply) => {
    const uses = await usesOf(registry, params.id);
    return answer(
      reply,
      uses.map(({ subject, version }) => ({ subject, version })),
    );
  });
}

async function schemaOf(registry: SchemaRegistry, id: string): Promise<string> {
  const schema = await registry.byId(idIn(id));
  if (schema === undefined) throw noSchema();
  return schema;
}

async function usesOf(registry: SchemaRegistry, id: string): Promise<RegisteredSchema[]> {
  await schemaOf(registry, id);
  const uses: RegisteredSchema[] = [];
  for (const subject of await registry.subjects())
    uses.push(...(await registry.versions(subject)).filter((version) => version.id === idIn(id)));
  return uses;
}
