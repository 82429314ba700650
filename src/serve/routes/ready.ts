import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { AssayError } from '../../errors.js';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';

const Answer = Type.Object(
  {
    ready: Type.Boolean(),
    degraded: Type.Optional(
      Type.Array(Type.String(), { description: 'Servers that are away; answers come without them.' }),
    ),
  },
  { examples: [{ ready: true }] },
);

export function readyRoute(app: FastifyInstance, { ready }: Pick<RouteContext, 'ready'>): void {
  app.get(
    '/ready',
    {
      schema: {
        tags: ['operation'],
        summary: 'The database answers, and with the embedded platform the first reconciliation is searchable',
        response: { 200: Answer, 503: problemAnswer('Not yet.') },
      },
    },
    async () => {
      const state = await ready();
      if (!state.ready) throw new AssayError('NOT_READY', `Not ready: ${state.reason ?? 'starting'}.`);
      return state.degraded === undefined ? { ready: true } : { ready: true, degraded: state.degraded };
    },
  );
}
