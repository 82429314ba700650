import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../app.js';
import { toCanonical } from '../draft.js';
import { problemAnswer } from '../problem.js';
import { type Draft, DraftSchema, ResolveAnswerSchema } from '../schemas/index.js';

export function resolveRoute(app: FastifyInstance, { resolve }: RouteContext): void {
  app.post<{ Body: Draft }>(
    '/v1/resolve',
    {
      schema: {
        tags: ['resolve'],
        summary: 'Which golden record would this listing join, and why',
        description: 'Nothing is stored.',
        body: DraftSchema,
        response: {
          200: ResolveAnswerSchema,
          400: problemAnswer('The listing has unknown or misshapen fields.'),
          503: problemAnswer('Nothing has been reconciled yet.'),
        },
      },
    },
    async (request) => {
      const answer = await resolve(toCanonical(request.body));
      return {
        ...answer,
        candidates: answer.candidates.map(({ goldenId, source, sourceId, probability, stage, features }) => ({
          goldenId,
          record: { source, sourceId },
          probability,
          stage,
          why: features,
        })),
      };
    },
  );
}
