import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { AssayError } from '../../errors.js';

/** The content type of every answer. */
export const REGISTRY_TYPE = 'application/vnd.schemaregistry.v1+json';

/** An answer that says no, with the API's own code, of which the first three digits are the HTTP status. */
export class ApiError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return Number(String(this.code).slice(0, 3));
  }
}

export const noSubject = (subject: string) => new ApiError(40401, `Subject '${subject}' not found.`);
export const noVersion = (version: number | string) => new ApiError(40402, `Version ${version} not found.`);
export const noSchema = () => new ApiError(40403, 'Schema not found.');
export const noOwnLevel = (subject: string) =>
  new ApiError(40408, `Subject '${subject}' does not have subject-level compatibility configured.`);
export const invalidSchema = (why: string) => new ApiError(42201, `Invalid schema: ${why}`);
export const invalidVersion = (version: string) =>
  new ApiError(42202, `'${version}' is no version: a number from 1, or latest.`);
export const invalidLevel = (level: unknown) =>
  new ApiError(42203, `${JSON.stringify(level) ?? 'nothing'} is no compatibility level.`);

/** Sends JSON as this API does. */
export function answer(reply: FastifyReply, value: unknown, status = 200): FastifyReply {
  return reply.code(status).type(REGISTRY_TYPE).serializer(JSON.stringify).send(value);
}

/** Everything that goes wrong below the prefix is told in the API's own form. What an inner error says stays in the log. */
export function answerApiErrors(app: FastifyInstance): void {
  const send = (reply: FastifyReply, { code, status, message }: ApiError) =>
    answer(reply, { error_code: code, message }, status);
  app.setErrorHandler((error: FastifyError | AssayError | ApiError, request, reply) => {
    const told = toApiError(error);
    if (told.status >= 500) request.log.error({ err: error }, 'a request to the schema registry failed');
    return send(reply, told);
  });
  app.setNotFoundHandler((_request, reply) => send(reply, new ApiError(404, 'HTTP 404 Not Found')));
}

function toApiError(error: FastifyError | AssayError | ApiError): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof AssayError) {
    if (error.code === 'SCHEMA_INVALID') return invalidSchema(error.message);
    if (error.code === 'SCHEMA_INCOMPATIBLE')
      return new ApiError(409, `Schema being registered is incompatible with an earlier schema: ${error.message}`);
    return new ApiError(50001, 'Error in the backend data store.');
  }
  const { statusCode = 500 } = error as FastifyError;
  return statusCode < 500 ? new ApiError(statusCode, error.message) : new ApiError(500, 'Internal Server Error');
}
