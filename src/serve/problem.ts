import { STATUS_CODES } from 'node:http';
import { Type } from '@sinclair/typebox';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AssayError, ERRORS, type ErrorCode } from '../errors.js';

/** RFC 9457 problem details, with the code and hint of the error table. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String({ description: 'The request that failed.' }),
    code: Type.String({ description: 'A code of the error table; it never changes its meaning.' }),
    hint: Type.String({ description: 'What the reader can do about it.' }),
    requestId: Type.String({ description: 'The log has the details under it.' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'Every part of the request that is not valid.',
      }),
    ),
    links: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  {
    $id: 'Problem',
    examples: [
      {
        type: 'urn:assay:error:NOT_FOUND',
        title: ERRORS.NOT_FOUND.title,
        status: 404,
        detail: 'There is no product with the id "g0".',
        instance: '/v1/products/g0',
        code: 'NOT_FOUND',
        hint: ERRORS.NOT_FOUND.hint,
        requestId: '01d5…',
      },
    ],
  },
);

export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Type.Ref(Problem) } },
});

/** Turns whatever a route throws, and unknown addresses, into problem details. What an inner error says stays in the log. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AssayError | Error, request, reply) => {
    if (error instanceof AssayError) {
      if (error.code === 'PLATFORM_UNAVAILABLE') {
        request.log.warn({ err: error }, 'a server is away');
        reply.header('retry-after', '2');
        const server = String(error.details.server ?? 'a server');
        return send(request, reply, { code: error.code, detail: `${server} does not answer at the moment.` });
      }
      if (error.status >= 500 && error.code !== 'NOT_READY') return unexpected(error, request, reply);
      return send(request, reply, { code: error.code, detail: error.message, links: linksOf(error) });
    }
    const { validation, validationContext, statusCode = 500 } = error as FastifyError;
    if (validation) {
      const errors = validation.map((one) => ({
        path: `${validationContext ?? 'request'}${one.instancePath}`,
        message: explain(one),
      }));
      const detail = errors.map((one) => `${one.path} ${one.message}`).join('; ');
      return send(request, reply, { code: 'BAD_REQUEST', detail, errors });
    }
    if (statusCode >= 400 && statusCode < 500) {
      return send(request, reply, { code: 'BAD_REQUEST', status: statusCode, detail: error.message });
    }
    return unexpected(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, { code: 'NOT_FOUND', detail: `There is nothing at ${request.method} ${pathOf(request)}.` }),
  );
}

/** For addresses that cannot be decoded: they fail before any route or error handler. */
export function answerBadAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  send(request, reply, { code: 'BAD_REQUEST', detail: error.message });
}

interface Fault {
  code: ErrorCode;
  detail: string;
  /** Where it is not the code's own. */
  status?: number;
  errors?: { path: string; message: string }[];
  links?: Record<string, string> | undefined;
}

function send(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply {
  const { code, detail, status = ERRORS[code].status, errors, links } = fault;
  const body = {
    type: `urn:assay:error:${code}`,
    title: status === ERRORS[code].status ? ERRORS[code].title : STATUS_CODES[status],
    status,
    detail,
    instance: pathOf(request),
    code,
    hint: ERRORS[code].hint,
    requestId: request.id,
    ...(errors ? { errors } : {}),
    ...(links ? { links } : {}),
  };
  // Not through the route's response schema: a problem is the same everywhere.
  return reply
    .code(status)
    .serializer((value: unknown) => JSON.stringify(value))
    .type('application/problem+json')
    .send(body);
}

function unexpected(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.error({ err: error }, 'a request failed');
  return send(request, reply, { code: 'INTERNAL', detail: 'The request could not be answered.' });
}

function linksOf(error: AssayError): Record<string, string> | undefined {
  const { links } = error.details;
  return typeof links === 'object' && links !== null ? (links as Record<string, string>) : undefined;
}

const pathOf = (request: FastifyRequest) => request.url.slice(0, 500);

function explain(one: { keyword: string; message?: string; params: Record<string, unknown> }): string {
  if (one.keyword === 'additionalProperties') return `has no field "${String(one.params.additionalProperty)}"`;
  if (one.keyword === 'enum') return `must be one of ${(one.params.allowedValues as unknown[]).join(', ')}`;
  return one.message ?? 'is not valid';
}
