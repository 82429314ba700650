import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { AssayError } from '../../errors.js';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';

const Answer = Type.Object({ ready: Type.Boolean() }, { examples: [{ ready: true }] });

export function readyRoute(app: FastifyInstance, { ready }: RouteContext): void {
  app.get(
    '/ready',
    {
      schema: {
        tags: ['operation'],
        summary: 'The first reconciliation is done and searchable',
        response: { 200: Answer, 503: problemAnswer('Not yet.') },
      },
    },
    async () => {
      const state = ready();
      if (!state.ready) throw new AssayError('NOT_READY', `Not ready: ${state.reason ?? 'starting'}.`);
      return { ready: true };
    },
  );
}
