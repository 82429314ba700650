import type { FastifyInstance } from 'fastify';
import { AssayError } from '../../errors.js';
import { FACETS, type Facet, type SearchHit, type SearchQuery } from '../../platform/search/index.js';
import type { RouteContext } from '../app.js';
import { problemAnswer } from '../problem.js';
import { SearchPageSchema, type SearchQueryParams, SearchQuerySchema } from '../schemas/index.js';

export function searchRoute(app: FastifyInstance, { search, metrics }: RouteContext): void {
  app.get<{ Querystring: SearchQueryParams }>(
    '/v1/search',
    {
      schema: {
        tags: ['search'],
        summary: 'Products by text',
        description:
          'All words have to be found, in any of their spellings. Filters are exact: any of the values of a field, and ' +
          'all fields. Paging: repeat the query with `cursor`.',
        querystring: SearchQuerySchema,
        response: { 200: SearchPageSchema, 400: problemAnswer('A parameter or the cursor is not valid.') },
      },
    },
    async (request, reply) => {
      const page = await metrics.timeSearch('search', () => search.search(toQuery(request.query)));
      if (page.degraded !== undefined) reply.header('x-assay-degraded', 'search');
      return { ...page, items: page.items.map(toItem) };
    },
  );
}

function toQuery(params: SearchQueryParams): SearchQuery {
  const filters: SearchQuery['filters'] = {};
  for (const field of FACETS) {
    const values = params[field];
    if (values && values.length > 0) filters[field] = values;
  }
  return {
    text: params.q,
    filters,
    facets: toFacets(params.facets),
    sort: params.sort,
    limit: params.limit,
    ...(params.price_min === undefined ? {} : { priceMin: params.price_min }),
    ...(params.price_max === undefined ? {} : { priceMax: params.price_max }),
    ...(params.cursor === undefined ? {} : { cursor: params.cursor }),
  };
}

function toFacets(asked: readonly string[] | undefined): Facet[] {
  if (asked === undefined) return [...FACETS];
  const names = asked.flatMap((text) => text.split(',')).filter((name) => name !== '' && name !== 'none');
  for (const name of names) {
    if (!(FACETS as readonly string[]).includes(name)) {
      throw new AssayError('BAD_REQUEST', `facets: there is no facet "${name}"; there are ${FACETS.join(', ')}.`);
    }
  }
  return FACETS.filter((field) => names.includes(field));
}

function toItem({ goldenId, score, highlight, document }: SearchHit) {
  return { ...document, goldenId, score, highlight };
}
