import { errors } from '@elastic/elasticsearch';
import { AssayError } from '../../../errors.js';

/** Answers of a server that is there but cannot serve now. */
const BUSY = new Set([429, 502, 503, 504]);

/** Whether the server is away, starting, overloaded, or out of disk: the same request may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return BUSY.has(error.statusCode ?? 0);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError ||
    error instanceof Busy
  );
}

/** What a bulk request says of single documents that may be sent again later. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** What the server said, without the address it was sent to, which may hold a password. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof errors.ResponseError)) return error instanceof Error ? error.message : String(error);
  const body: unknown = error.body;
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error: cause } = body as { error: unknown };
    if (typeof cause === 'string') return cause;
    if (typeof cause === 'object' && cause !== null) {
      const { type, reason } = cause as { type?: string; reason?: string };
      return [type, reason].filter((text) => text !== undefined && text !== null).join(': ');
    }
  }
  return `status ${error.statusCode}`;
}

/** Type of the error that the server named, such as index_not_found_exception. */
export function typeOf(error: unknown): string | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined;
  const body = error.body as { error?: { type?: string } } | undefined;
  return body?.error?.type;
}

/** The error of the table that a failure is; an AssayError stays as it is. */
export function toAssayError(error: unknown): unknown {
  if (error instanceof AssayError) return error;
  const invalid = (message: string) => new AssayError('PLATFORM_INVALID', message, { cause: error });
  if (error instanceof errors.ProductNotSupportedError)
    return invalid('elasticsearch_url: what answers there is not Elasticsearch 8');
  if (error instanceof errors.DeserializationError)
    return invalid('elasticsearch_url: what answers there does not speak the protocol of Elasticsearch');
  if (!(error instanceof errors.ResponseError)) return error;
  const reason = reasonOf(error);
  if (typeOf(error) === 'index_not_found_exception')
    return new AssayError(
      'PLATFORM_UNAVAILABLE',
      'elasticsearch has no search index: the next golden event makes one, `assay search-index rebuild` fills it',
      { cause: error, details: { server: 'elasticsearch' } },
    );
  switch (error.statusCode) {
    case 401:
      return invalid(`Elasticsearch refused the login: ${reason}`);
    case 403:
      return invalid(`Elasticsearch does not allow it: ${reason}`);
    case 406:
      return invalid(`Elasticsearch does not take requests of version 8: ${reason}`);
    default:
      return reason.includes('compatible-with') || typeOf(error) === 'media_type_header_exception'
        ? invalid(`Elasticsearch does not take requests of version 8: ${reason}`)
        : invalid(`Elasticsearch refused a request: ${reason}`);
  }
}
