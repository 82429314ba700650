import { type Static, Type } from '@sinclair/typebox';
import { AssayError } from '../../errors.js';
import type { Connector, PullContext, PullItem } from '../connector.js';
import { pagerFor, paginationSchema } from '../paging/index.js';
import { HttpClient, httpOptions } from '../transport/index.js';
import { failureFault } from './read-feeds.js';
import { EndlessGuard } from './rest/endless-guard.js';
import { readPage } from './rest/read-page.js';
import { sinceSchema, withSince } from './rest/updated-since.js';

const options = Type.Object({
  url: Type.String({
    pattern: '^https?://',
    expects: 'an address like https://shop.example/api/products',
    description: 'Address of the list of records.',
  }),
  query: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
      description: 'Query parameters of every request.',
    }),
  ),
  items: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Path of the array of records in an answer. When absent: the answer, or the only array in it.',
    }),
  ),
  pagination: paginationSchema,
  updated_since: Type.Optional(sinceSchema),
  conditional: Type.Boolean({
    default: true,
    description: 'Ask with ETag and If-Modified-Since when the last pull needed one page only.',
  }),
  max_pages: Type.Integer({
    default: 100_000,
    minimum: 1,
    description: 'Pages after which a pull is stopped and reported as endless.',
  }),
  max_page_bytes: Type.Integer({
    default: 67_108_864,
    minimum: 1024,
    description: 'A page with more bytes than this ends the pull.',
  }),
  ...httpOptions,
});

export type RestOptions = Static<typeof options>;

/** Records of a JSON API, page by page. Deliveries of one pull are in the API's order. */
export const restApi: Connector<typeof options> = {
  type: 'rest_api',
  summary: 'A JSON API over HTTP, with pagination, credentials, rate limit and retries.',
  options,
  example: `type: rest_api
url: https://shop.example/api/products
items: data.products
auth: {type: bearer, token: "\${SHOP_TOKEN}"}
pagination: {type: cursor, param: after, next: meta.next_cursor}
updated_since: {param: updated_after}
requests_per_second: 5`,
  open: pages,
};

async function* pages(chosen: RestOptions, context: PullContext): AsyncGenerator<PullItem[]> {
  const http = new HttpClient(chosen, context.signal);
  const pager = pagerFor(chosen.pagination);
  const guard = new EndlessGuard(chosen.max_pages);
  const start = new URL(chosen.url);
  for (const [name, value] of Object.entries(chosen.query ?? {})) start.searchParams.set(name, String(value));
  const first = pager.first(withSince(start, chosen.updated_since, context));
  let url: URL | undefined = first;
  let name = first.origin + first.pathname;
  try {
    while (url) {
      name = guard.visit(url);
      const page = await readPage(http, url, name, chosen, context, url === first);
      if (page === 'unchanged') return;
      guard.see(page.fingerprint, name);
      if (page.items.length > 0) yield page.items;
      url = pager.next({ url, body: page.body, headers: page.headers, items: page.items.length });
      if (url && url.origin !== first.origin)
        throw new AssayError('SOURCE_REFUSED', `${name} names its next page at another server (${url.origin})`);
      if (!url && guard.pages === 1) page.rememberConditions();
    }
  } catch (error) {
    context.signal.throwIfAborted();
    yield [failureFault(error, name)];
  } finally {
    await http.close();
  }
}
