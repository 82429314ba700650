import { type Static, Type } from '@sinclair/typebox';
import { authSchema } from './auth.js';

/** Options of every connector that may go over HTTP. */
export const httpOptions = {
  headers: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'Headers sent with every request.' }),
  ),
  auth: Type.Optional(authSchema),
  allow_private: Type.Boolean({
    default: false,
    description: 'Allow private, loopback and link-local addresses (a server in your own network).',
  }),
  timeout_s: Type.Number({
    default: 60,
    exclusiveMinimum: 0,
    maximum: 3600,
    description: 'Seconds without an answer, or without any data, until a request fails.',
  }),
  max_redirects: Type.Integer({ default: 5, minimum: 0, maximum: 20, description: 'Redirects that are followed.' }),
  requests_per_second: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 10_000, description: 'Requests that begin in a second, at most.' }),
  ),
  retry: Type.Object(
    {
      attempts: Type.Integer({ default: 5, minimum: 1, maximum: 20, description: 'Tries of a request in all.' }),
      base_ms: Type.Integer({
        default: 500,
        minimum: 0,
        maximum: 60_000,
        description: 'Wait before the second try, in ms; doubles after each.',
      }),
      max_ms: Type.Integer({
        default: 120_000,
        minimum: 0,
        maximum: 3_600_000,
        description: 'Longest wait, in ms. A Retry-After beyond it ends the pull.',
      }),
    },
    { default: {}, description: 'Tries after 408, 425, 429, 500, 502, 503, 504, a timeout or a lost connection.' },
  ),
};

const schema = Type.Object(httpOptions);
export type HttpOptions = Static<typeof schema>;
