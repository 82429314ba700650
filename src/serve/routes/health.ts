import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';

const Answer = Type.Object(
  { status: Type.String(), version: Type.String() },
  { examples: [{ status: 'ok', version: '0.1.0' }] },
);

export function healthRoute(app: FastifyInstance, { version }: Pick<RouteContext, 'version'>): void {
  app.get(
    '/health',
    { schema: { tags: ['operation'], summary: 'The process runs', response: { 200: Answer } } },
    async () => ({ status: 'ok', version }),
  );
}
