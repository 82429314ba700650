import type { FastifyInstance } from 'fastify';
import { PAGE, PAGE_POLICY, SCRIPT, STYLE } from '../ui/index.js';

/** The page at `/` and the two files it loads. */
export function pageRoute(app: FastifyInstance): void {
  for (const [url, type, text] of [
    ['/', 'text/html; charset=utf-8', PAGE],
    ['/ui/app.js', 'text/javascript; charset=utf-8', SCRIPT],
    ['/ui/style.css', 'text/css; charset=utf-8', STYLE],
  ] as const) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) =>
      reply.type(type).header('content-security-policy', PAGE_POLICY).send(text),
    );
  }
}
